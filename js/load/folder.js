// Where the running script comes from. It is known only while the script runs for the first time.

const current = typeof document === 'object' && document.currentScript;
// An element of that name can stand in for it.
const element = current && current.tagName === 'SCRIPT' && current;
const url = (element && element.src) || urlOnStack();

/** The folder of the script's file, with its slash. The page may name another one beforehand. */
export const folder = self.EVENTSOURCE_WASM_FOLDER
  ? self.EVENTSOURCE_WASM_FOLDER.replace(/\/?$/, '/')
  : url.replace(/[?#].*/, '').replace(/[^/]*$/, '');

/** What the script tag says that holds for the scripts beside it as well: `nonce` and `crossorigin`. */
export const attributes = {};

const script = element || elements().filter(({ src }) => src === url)[0];
if (script) {
  ['nonce', 'crossorigin'].forEach((name) => {
    // Browsers hide a nonce from its attribute.
    const value = (name === 'nonce' && script.nonce) || script.getAttribute(name);
    if (value !== null) attributes[name] = value;
  });
}

/** Of the innermost function's script, where nothing else tells: in IE, in workers, in modules. IE gives an error its stack when it is thrown. */
function urlOnStack() {
  try {
    throw new Error();
  } catch (error) {
    return (/\w+:\/\/.*?(?=(:\d+){1,2}\)?\s*$)/m.exec(error.stack) || [''])[0];
  }
}

function elements() {
  return typeof document === 'object' ? Array.prototype.slice.call(document.getElementsByTagName('script')) : [];
}
