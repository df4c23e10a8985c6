// What a handler got, in numbers that cost little: a broken parser can't look fast.

/** Every so many events are looked at whole. */
const SAMPLED = 64;
/** Of a long one, so many characters. */
const CHARACTERS = 256;

export class Tally {
  /** @param {string} type the member of an event that has its type @param {string} id ... its last event ID */
  constructor(type = 'type', id = 'lastEventId') {
    this.typeName = type;
    this.idName = id;
    this.count = 0;
    this.length = 0;
    this.hash = 0;
  }

  take(event) {
    const { data } = event;
    const { length } = data;
    this.length += length;
    this.hash = (Math.imul(this.hash, 31) + data.charCodeAt(this.count % length)) | 0;
    if (this.count % SAMPLED === 0) this.sample(event);
    this.count += 1;
  }

  sample(event) {
    this.add(event.data);
    this.add(event[this.typeName] || 'message');
    this.add(event[this.idName] || '');
  }

  add(text) {
    const step = Math.max(1, Math.floor(text.length / CHARACTERS));
    for (let index = 0; index < text.length; index += step) this.hash = (Math.imul(this.hash, 31) + text.charCodeAt(index)) | 0;
  }

  /** What is different from what it should be, or null. @param {Tally} expected */
  difference(expected) {
    if (this.count !== expected.count) return `${this.count} of ${expected.count} events`;
    if (this.length !== expected.length) return `${this.length} of ${expected.length} characters of data`;
    return this.hash === expected.hash ? null : 'other contents than were sent';
  }
}
