// One request of a link's and what came of it. What comes too late is told to the attempt it belongs to, and to nobody else.

export class Attempt {
  /**
   * @param {number} number the core's
   * @param {XMLHttpRequest | null} response `fetch` gives one later
   */
  constructor(number, response) {
    this.number = number;
    /** @type {Response | XMLHttpRequest | null} */
    this.response = response;
    /** Of the response, once there is one: an XMLHttpRequest that is given up does not know it any more. @type {number | undefined} */
    this.status = undefined;
    /** What was thrown, or a promise rejected with. */
    this.cause = undefined;
  }

  /** The headers are there. */
  answer() {
    this.status = this.response.status;
  }

  /** @param {string} name @returns {string | null} of the response's header; null where it can't be had */
  header(name) {
    return headerOf(this.response, name);
  }
}

/** Of what a caller has for a response, too. @returns {string | null} */
export function headerOf(response, name) {
  try {
    const value = response.getResponseHeader ? response.getResponseHeader(name) : response.headers.get(name);
    return value === null || value === undefined ? null : `${value}`;
  } catch {
    return null;
  }
}
