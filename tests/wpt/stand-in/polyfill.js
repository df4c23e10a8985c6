// What the runner's own test puts in place of the native class.
if (!('EventSource' in self)) {
  self.EventSource = class EventSource {
    static standIn = true;
  };
}
