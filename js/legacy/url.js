// URLs where there is no URL class (IE 11): the scheme, the host and the port are checked, the rest is the engine's.

const PORTS = { 'http:': 80, 'https:': 443 };

/**
 * @param {string} url relative to the document or the worker
 * @returns {{href: string, protocol: string, hostname: string, origin: string}}
 * @throws {TypeError} where it can't be parsed
 */
export function parseLegacy(url) {
  const input = url
    .replace(/^[\0- ]+|[\0- ]+$|[\t\n\r]/g, '')
    .replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, replaceLoneSurrogate);
  const href = encode(typeof document === 'object' ? resolveByLink(input) : resolveByLocation(input));
  const [, scheme, rest] = /^([a-z][a-z\d+.-]*:)(.*)/i.exec(href);
  const protocol = scheme.toLowerCase();
  const usualPort = PORTS[protocol];
  if (!usualPort) return { href, protocol, hostname: '', origin: 'null' };
  const [, user, host, port, path] = /^\/\/([^/?#@]*@)?([^/?#@:\s<>[\]^|%\\]+|\[[\da-f:.]+\])(?::(\d*))?((?:[/?#].*)?)$/i.exec(rest);
  if (port > 65535) throw new TypeError('Invalid URL');
  const hostname = host.toLowerCase();
  const hostAndPort = hostname + (port && +port !== usualPort ? `:${+port}` : '');
  return {
    href: `${protocol}//${user || ''}${hostAndPort}${path[0] === '/' ? '' : '/'}${path}`,
    protocol,
    hostname,
    origin: `${protocol}//${hostAndPort}`,
  };
}

export function resolveByLink(url) {
  const link = document.createElement('a');
  link.href = url;
  return link.href;
}

function resolveByLocation(url) {
  // Protocol, host, folder, name and query; a worker of a blob: URL has none of them.
  const parts = /^(\w+:)(\/\/[^/?#]*)([^?#]*\/)([^?#]*)([^#]*)/.exec(location.href) || [];
  let kept = 3;
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) kept = 0;
  else if (/^\/\//.test(url)) kept = 1;
  else if (/^\//.test(url)) kept = 2;
  else if (/^\?/.test(url)) kept = 4;
  else if (/^(#|$)/.test(url)) kept = 5;
  return withoutDots(parts.slice(1, kept + 1).join('') + url);
}

/** The `.` and `..` segments of the path resolved; query and fragment stay. */
function withoutDots(url) {
  return url.replace(/^(https?:\/\/[^/?#]*)([^?#]*)/i, (all, origin, path) => {
    const segments = [];
    path.replace(/\/([^/]*)/g, (found, segment, at) => {
      if (segment === '..') segments.pop();
      else if (segment !== '.') segments.push(found);
      // They stand for a folder.
      if (/^\.\.?$/.test(segment) && at + found.length === path.length) segments.push('/');
    });
    return origin + segments.join('');
  });
}

/** What is not ASCII as UTF-8: IE leaves it in a query, and sends it in the system's encoding. */
function encode(url) {
  return url.replace(/[^!-~]+/g, encodeURIComponent);
}

/** Half of a surrogate pair is no character. */
function replaceLoneSurrogate(found) {
  return found.length === 2 ? found : '\ufffd';
}
