// URLs as the constructor takes them.

/**
 * "Encoding-parsing a URL given url, relative to settings": serialized.
 * @param {string} url
 * @returns {string}
 * @throws {DOMException} SyntaxError where it can't be parsed
 */
export function resolve(url) {
  let record;
  try {
    record = new URL(url, base());
  } catch {
    throw notValid(url);
  }
  // A host of a special scheme has no percent sign and no space; some browsers' parsers let them pass.
  if (/^(https?|wss?|ftp):$/.test(record.protocol) && /[%\s]/.test(record.hostname)) throw notValid(url);
  return record.href;
}

/** The API base URL: the document's, or the worker's; none elsewhere. */
function base() {
  if (typeof document === 'object') return document.baseURI;
  return typeof location === 'object' ? location.href : undefined;
}

function notValid(url) {
  return new DOMException(`Failed to construct 'EventSource': Cannot open an EventSource to '${url}'. The URL is invalid.`, 'SyntaxError');
}
