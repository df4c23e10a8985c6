// What the runner's own test puts in place of the native class, loading the rest from its own folder as the real one may.
if (!('EventSource' in self)) {
  self.EventSource = class EventSource {
    static standIn = true;
  };
}
