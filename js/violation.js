// Whether it was the page's Content Security Policy that refused a request: neither fetch nor XMLHttpRequest tells, but an
// event does.
//
// https://w3c.github.io/webappsec-csp/#report-violation

import { global } from './global.js';

const EVENT = 'securitypolicyviolation';

/**
 * In a worker its global has the events. Engines without them take the listener and never call it; Node's global takes none, or
 * a script has given it half of it.
 */
const target = [global.document, global].filter((each) => each && each.addEventListener && each.removeEventListener)[0];

export class ViolationWatch {
  /** @param {string} url absolute: of the request that begins */
  constructor(url) {
    this.isSeen = false;
    // The event names the URL without fragment, or no more than its scheme.
    const names = [url.split('#')[0], url.split(':')[0]];
    this.listener = (event) => {
      const { disposition, effectiveDirective, blockedURI } = event;
      if (disposition === 'enforce' && effectiveDirective === 'connect-src' && names.indexOf(blockedURI) >= 0) this.isSeen = true;
    };
    if (target) target.addEventListener(EVENT, this.listener);
  }

  end() {
    if (target) target.removeEventListener(EVENT, this.listener);
  }
}
