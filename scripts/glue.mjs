// wasm-bindgen's glue, as the builds take it: a function that makes one glue for each instance of the core, and leaves the
// loading to js/load/. Each change looks for the generated text that it changes, and fails the build when that is not there.

const CHANGES = [
  {
    why: 'engines without detaching (wasm2js, Chromium 64) show a growth of the memory by its new buffer only',
    from: /(cached\w+)\.(?:byteLength === 0|buffer\.detached === true \|\| \(\1\.buffer\.detached === undefined && \1\.buffer !== wasm\.memory\.buffer\))/g,
    to: '$1.buffer !== wasm.memory.buffer',
  },
  { why: 'the handle is freed by its name, and Symbol is not everywhere', from: /^if \(Symbol\.dispose\).*$/gm, to: '' },
  { why: 'holes read as undefined too, and fill is not everywhere', from: /new Array\(1024\)\.fill\(undefined\)/g, to: 'new Array(1024)' },
  {
    why: 'what is dropped in Rust or freed by a source needs no finalization, and nothing else is handed out',
    from: /^const (?:HandleFinalization|CLOSURE_DTORS) = \(typeof FinalizationRegistry[^;]*;$|^ *(?:HandleFinalization|CLOSURE_DTORS)\.(?:un)?register\(.*\);$/gm,
    to: '',
  },
  { why: 'js/utf8.js has one with encodeInto', from: /^if \(!\('encodeInto' in cachedTextEncoder\)\) {[^]*?^}$/gm, to: '' },
  { why: 'ES5 engines have no name for it, and undefined instead reads as 0', from: /Number\.MAX_SAFE_INTEGER/g, to: String(Number.MAX_SAFE_INTEGER) },
  { why: 'each call brings a realloc', from: /^ {4}if \(realloc === undefined\) {[^]*?^ {4}}$/gm, to: '' },
];
/** What must be gone after the changes. */
const LEFT = /detached|byteLength|Symbol|\.fill\(|HandleFin|CLOSURE_D|'encodeInto'|realloc === |Number\.\w/;

/**
 * @param {string} generated what `wasm-bindgen --target bundler` has written
 * @param {Map<string, string>} names the core's imports: as generated -> as they are called now
 * @param {{names: string[], from: string}} globals what it takes from which module instead of from the engine
 * @returns {string} a module that exports `createGlue()`
 */
export function makeGlue(generated, names, globals) {
  let text = generated;
  for (const { why, from, to } of CHANGES) {
    if (!text.match(from)) throw new Error(`the generated glue has no ${from} (${why})`);
    text = text.replace(from, to);
  }
  const left = text.match(LEFT);
  if (left) throw new Error(`the generated glue has ${left[0]} where it is not expected`);
  const imports = Array.from(names, ([generatedName, name]) => {
    if (!text.includes(`\nexport function ${generatedName}(`)) throw new Error(`the generated glue has no ${generatedName}`);
    return `${name}: ${generatedName}`;
  });
  return `import { ${globals.names.join(', ')} } from '${globals.from}';
export function createGlue() {
${text.replace(/^export /gm, '')}
return { Handle, imports: { ${IMPORT_MODULE}: { ${imports.join(', ')} } }, start: __wbg_set_wasm };
}
`;
}

/** What the module of the core's imports is called in the end. */
const IMPORT_MODULE = 'a';

/**
 * Gives the core's imports short names, whose hashes would be a good part of what is transferred, and takes the exports
 * away that its glue does not name.
 * @param {string} wat the core as text
 * @param {string} glue
 * @returns {{text: string, names: Map<string, string>}} the core with new names, and as generated -> new
 */
export function trimModule(wat, glue) {
  const names = new Map();
  const used = new Set(Array.from(glue.matchAll(/\bwasm\.(\w+)/g), ([, name]) => name));
  const trimmed = wat.replace(/^ \(export "(\w+)" \(.*\)\)\n/gm, (line, name) => (used.has(name) ? line : ''));
  const text = trimmed.replace(/\(import "\.\/core_bg\.js" "(\w+)"/g, (found, name) => {
    names.set(name, shortName(names.size));
    return `(import "${IMPORT_MODULE}" "${names.get(name)}"`;
  });
  if (names.size === 0 || text.includes('core_bg.js')) throw new Error("the core's imports are not as expected");
  return { text, names };
}

/** a, b, ... z, _aa, _ab, ...: none is a word of JavaScript. */
function shortName(number) {
  const letter = String.fromCharCode(97 + (number % 26));
  return number < 26 ? letter : `_${shortName(Math.floor(number / 26) - 1)}${letter}`;
}

/**
 * What binaryen's wasm2js has written, as a function that makes an instance.
 * @param {string} generated
 * @param {{names: string[], from: string}} globals as for `makeGlue`
 * @returns {string} a module that exports `createInstance(imports)`
 */
export function makeInstance(generated, globals) {
  const parts = generated.match(/^(?:import .*\n)+([^]*)\nvar retasmFunc = asmFunc\(/);
  if (!parts) throw new Error('the output of wasm2js is not as expected');
  return `import { ${globals.names.join(', ')} } from '${globals.from}';
export function createInstance(imports) {
${parts[1]}
return asmFunc(imports);
}
`;
}
