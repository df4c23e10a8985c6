// A worker for workerd, as its own tools make it: bundled, with the WebAssembly as a module beside.

import esbuild from 'esbuild';

/** Bundles into `workerd/` in that folder. */
export function bundleForWorkerd(folder, entry) {
  return esbuild.build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outdir: 'workerd',
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
  });
}

/**
 * The configuration of a server with that worker, which may fetch from this machine.
 * @param {string} name
 * @param {string} [wasm] the module that the entry imports
 */
export function workerdConfig(name, wasm = 'eventsource.wasm') {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["private", "local"]))],
  sockets = [(name = "http", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "workerd/${name}.js"),
    (name = "./${wasm}", wasm = embed "workerd/${wasm}"),
  ],
  compatibilityDate = "2026-11-01",
);
`;
}
