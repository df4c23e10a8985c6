// What is built: the cores of one source, and a table of the files that carry it. Everything that builds, serves, measures or tests
// the builds reads it here.

/** What JavaScript is lowered to for the engines with WebAssembly: Edge 16 and Chromium 64 are the oldest. */
export const MODERN = 'es2017';

/**
 * The core for WebAssembly's MVP: std is built for it as well, since the one that comes with Rust uses later features,
 * and a panic is a bare trap, which needs neither texts nor places. These are unstable options, which stable Rust takes with
 * the variable. Low memory is unused: there is the far end of the stack.
 */
export const CORE = {
  target: 'wasm32-unknown-unknown',
  cargoArgs: ['-Z', 'build-std=std,panic_abort'],
  env: {
    RUSTC_BOOTSTRAP: '1',
    RUSTFLAGS: '-C target-cpu=mvp -Z unstable-options -C panic=immediate-abort -Z location-detail=none',
  },
  optimizerArgs: ['--mvp-features', '-Oz', '--converge', '--low-memory-unused'],
  // -Oz is shorter before it is compressed, and longer after.
  wasm2jsArgs: ['--mvp-features', '-Os'],
  /** In dist/, by the kind of core. */
  files: { wasm: 'eventsource.wasm', options: 'eventsource.options.wasm' },
};

/**
 * The files of dist/. `load` names the module of js/load/ that brings the core; `core` says which one is inside, that of
 * the Standard or the one with options, in WebAssembly or in ES5; `syntax` is what engines must understand
 * (ES modules in ES5 but for `export`); `workerd` is what the sources know as WORKERD.
 * @type {{file: string, entry: string, format: 'esm' | 'cjs' | 'iife', load?: string, core?: 'wasm' | 'es5' | 'options' | 'options-es5',
 *   syntax?: 'es2017' | 'es5', workerd?: boolean}[]}
 */
export const FLAVOURS = [
  { file: 'eventsource.js', entry: 'js/index.js', format: 'esm', load: 'inline' },
  { file: 'eventsource.cjs', entry: 'js/index.js', format: 'cjs', load: 'inline' },
  { file: 'eventsource.external.js', entry: 'js/index.js', format: 'esm', load: 'external' },
  { file: 'eventsource.options.js', entry: 'js/options.js', format: 'esm', load: 'inline', core: 'options' },
  { file: 'eventsource.options.cjs', entry: 'js/options.js', format: 'cjs', load: 'inline', core: 'options' },
  { file: 'eventsource.options.workerd.js', entry: 'js/options.js', format: 'esm', load: 'workerd', core: 'options', workerd: true },
  { file: 'eventsource.options.es5.js', entry: 'js/options.js', format: 'esm', load: 'es5', core: 'options-es5' },
  { file: 'eventsource.options.es5.cjs', entry: 'js/options.js', format: 'cjs', load: 'es5', core: 'options-es5' },
  { file: 'eventsource.workerd.js', entry: 'js/index.js', format: 'esm', load: 'workerd', workerd: true },
  { file: 'eventsource.es5.js', entry: 'js/index.js', format: 'esm', load: 'es5', core: 'es5', syntax: 'es5' },
  { file: 'eventsource.es5.cjs', entry: 'js/index.js', format: 'cjs', load: 'es5', core: 'es5', syntax: 'es5' },
  { file: 'polyfill.module.js', entry: 'js/polyfill-module.js', format: 'esm', load: 'inline' },
  { file: 'polyfill.cjs', entry: 'js/polyfill-module.js', format: 'cjs', load: 'inline' },
  { file: 'polyfill.js', entry: 'js/polyfill.js', format: 'iife', load: 'beside', syntax: 'es5' },
  { file: 'core.js', entry: 'js/core-script.js', format: 'iife' },
  { file: 'core.es5.js', entry: 'js/core-es5-script.js', format: 'iife', core: 'es5', syntax: 'es5' },
  { file: 'polyfill.wasm.js', entry: 'js/polyfill.js', format: 'iife', load: 'inline' },
  { file: 'polyfill.es5.js', entry: 'js/polyfill.js', format: 'iife', load: 'es5', core: 'es5', syntax: 'es5' },
];

/** The types, by what they are written to: a module and a CommonJS module need a file each. */
export const TYPES = {
  'eventsource.d.ts': 'js/eventsource.d.ts',
  'eventsource.d.cts': 'js/eventsource.d.ts',
  'eventsource.options.d.ts': 'js/options.d.ts',
  'eventsource.options.d.cts': 'js/options.d.ts',
  'polyfill.d.ts': 'js/polyfill.d.ts',
  'polyfill.d.cts': 'js/polyfill.d.ts',
};
