// What is built: one core, and a table of the files that carry it. Everything that builds, serves, measures or tests
// the builds reads it here.

/** The engines that the JavaScript is lowered to: the first Edge and Chromium with WebAssembly's MVP. */
export const JAVASCRIPT_TARGET = 'es2017';

/**
 * The core for WebAssembly's MVP: std is built for it as well, since the one that comes with Rust uses later features,
 * and a panic is a bare trap, which needs no texts. Both are unstable options, which stable Rust takes with the variable.
 */
export const CORE = {
  target: 'wasm32-unknown-unknown',
  cargoArgs: ['-Z', 'build-std=std,panic_abort'],
  env: {
    RUSTC_BOOTSTRAP: '1',
    RUSTFLAGS: '-C target-cpu=mvp -Z unstable-options -C panic=immediate-abort -Z location-detail=none',
  },
  optimizerArgs: ['--mvp-features', '-Oz', '--converge'],
  file: 'eventsource.wasm',
};

/**
 * The files of dist/. `load` names the module of js/load/ that brings the core.
 * @type {{file: string, entry: string, format: 'esm' | 'cjs' | 'iife', load?: string}[]}
 */
export const FLAVOURS = [
  { file: 'eventsource.js', entry: 'js/index.js', format: 'esm', load: 'inline' },
  { file: 'eventsource.cjs', entry: 'js/index.js', format: 'cjs', load: 'inline' },
  { file: 'eventsource.external.js', entry: 'js/index.js', format: 'esm', load: 'external' },
  { file: 'polyfill.module.js', entry: 'js/polyfill.js', format: 'esm', load: 'inline' },
  { file: 'polyfill.js', entry: 'js/polyfill.js', format: 'iife', load: 'beside' },
  { file: 'core.js', entry: 'js/core-script.js', format: 'iife' },
];
