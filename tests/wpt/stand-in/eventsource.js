// The same as a module.
export class EventSource {
  static standIn = true;
}
