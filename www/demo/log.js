// The log of one source: the last events, newest first. It keeps a bounded number and touches the page only in paint().

const KEPT = 100;
const LONGEST = 2000;

export class Log {
  #list;
  #fresh = []; // what came since the last paint, oldest first
  #total = 0;

  /** @param {HTMLOListElement} list */
  constructor(list) {
    this.#list = list;
  }

  /**
   * Notes an event.
   * @param {Event | MessageEvent} event
   * @param {number} readyState as the handler saw it
   */
  add(event, readyState) {
    // Not `instanceof`: a frame's events are of the frame's own classes.
    const said = 'data' in event;
    this.#push({
      type: event.type,
      kind: said && event.type !== 'message' ? 'named' : event.type,
      data: said ? event.data : REMARKS[event.type]?.[readyState] ?? '',
      remark: !said,
      lastEventId: said ? event.lastEventId : undefined,
      origin: said ? event.origin : undefined,
    });
  }

  /** Notes what the page did. @param {string} text */
  say(text) {
    this.#push({ type: 'call', kind: 'call', data: text, remark: true });
  }

  clear() {
    this.#fresh = [];
    this.#total = 0;
    this.#list.replaceChildren();
  }

  /** Brings the page up to date. @returns {string} what the list does not show */
  paint() {
    const rows = this.#fresh.map(row).reverse();
    this.#fresh = [];
    this.#list.prepend(...rows);
    while (this.#list.childElementCount > KEPT) this.#list.lastElementChild.remove();
    return this.#total > KEPT ? `the last ${KEPT} of ${this.#total.toLocaleString('en')}` : '';
  }

  #push(entry) {
    this.#total++;
    this.#fresh.push({ ...entry, time: new Date() });
    // Trimmed by halves, so that it costs nothing for each event; in a hidden tab, where nothing paints, it stays bounded too.
    if (this.#fresh.length >= 2 * KEPT) this.#fresh.splice(0, this.#fresh.length - KEPT);
  }
}

const REMARKS = {
  open: { 1: 'the connection is announced' },
  error: { 0: 'lost; it will be tried again', 2: 'failed for good' },
};

function row({ type, kind, data, remark, lastEventId, origin, time }) {
  const item = document.createElement('li');
  item.dataset.kind = kind;
  item.append(
    cell('type', type),
    cell(remark ? 'data remark' : 'data', data.length > LONGEST ? `${data.slice(0, LONGEST)}… (${data.length} characters)` : data),
    cell('meta', [
      time.toLocaleTimeString('en-GB') + '.' + String(time.getMilliseconds()).padStart(3, '0'),
      lastEventId && `id ${lastEventId}`,
      origin,
    ].filter(Boolean).join(' · ')),
  );
  return item;
}

function cell(name, text) {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  return element;
}
