// URLs where there is no URL class (IE 11): the scheme, the host and the port are checked, the rest is the engine's.

const PORTS = { http: '80', https: '443', ws: '80', wss: '443', ftp: '21' };

/**
 * @param {string} url relative to the document or the worker
 * @returns {{href: string, protocol: string, hostname: string, origin: string}}
 * @throws {TypeError} where it can't be parsed
 */
export function parseLegacy(url) {
  const input = url.replace(/^[\0- ]+|[\0- ]+$|[\t\n\r]/g, '');
  const href = encode(typeof document === 'object' ? resolveByLink(input) : resolveByLocation(input));
  const scheme = (/^[a-z][a-z\d+.-]*(?=:)/i.exec(href) || [''])[0].toLowerCase();
  if (!scheme) throw new TypeError('Invalid URL');
  if (!PORTS[scheme]) return { href, protocol: `${scheme}:`, hostname: '', origin: 'null' };
  const parts = /^\w+:\/\/([^/?#@]*@)?([^\/?#@:\s<>[\]^|%\\]+|\[[\da-f:.]+\])(?::(\d*))?(?![^/?#])(.*)/i.exec(href);
  if (!parts || parts[3] > 65535) throw new TypeError('Invalid URL');
  const hostname = parts[2].toLowerCase();
  const port = parts[3] && parts[3] !== PORTS[scheme] ? `:${parts[3]}` : '';
  const rest = /^\//.test(parts[4]) ? parts[4] : `/${parts[4]}`;
  return {
    href: `${scheme}://${parts[1] || ''}${hostname}${port}${rest}`,
    protocol: `${scheme}:`,
    hostname,
    origin: `${scheme}://${hostname}${port}`,
  };
}

function resolveByLink(url) {
  const link = document.createElement('a');
  link.href = url;
  return link.href;
}

function resolveByLocation(url) {
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return url;
  const base = /^(\w+:)(\/\/[^/?#]*)([^?#]*)(\?[^#]*)?/.exec(location.href) || [];
  const host = base[1] + base[2];
  const path = base[3] || '/';
  if (/^\/\//.test(url)) return base[1] + url;
  if (/^\//.test(url)) return host + withoutDots(url);
  if (/^\?/.test(url)) return host + path + url;
  if (/^(#|$)/.test(url)) return host + path + (base[4] || '') + url;
  return host + withoutDots(path.replace(/[^/]*$/, '') + url);
}

/** The path with its `.` and `..` segments resolved; query and fragment stay. */
function withoutDots(url) {
  const path = /^[^?#]*/.exec(url)[0];
  const segments = [];
  path.split('/').slice(1).forEach((segment, index, all) => {
    const isLast = index === all.length - 1;
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
    if (isLast && /^\.\.?$/.test(segment)) segments.push('');
  });
  return `/${segments.join('/')}${url.slice(path.length)}`;
}

/** What is not ASCII as UTF-8: IE leaves it in a query, and sends it in the system's encoding. */
function encode(url) {
  return url.replace(/[\ud800-\udbff][\udc00-\udfff]|[^!-~]/g, (character) => {
    try {
      return encodeURIComponent(character);
    } catch {
      // Half of a surrogate pair.
      return '%EF%BF%BD';
    }
  });
}
