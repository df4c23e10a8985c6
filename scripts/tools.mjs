// The command line tools that Cargo builds for this project: which, at which version, and where they are kept.

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'eventsource-wasm', 'tools');

/** Crate -> version and program. wasm-bindgen's CLI must match the library, so Cargo.lock says its version. */
export const CARGO_TOOLS = {
  'wasm-bindgen-cli': { version: lockedVersion('wasm-bindgen'), program: 'wasm-bindgen' },
  'wasm-pack': { version: '0.15.1', program: 'wasm-pack' },
  geckodriver: { version: '0.37.1', program: 'geckodriver' },
};

/** The folder that `cargo install --root` fills for this crate: outside the tree, one for each version. */
export function cargoToolRoot(crate) {
  return join(cache, `${crate}@${CARGO_TOOLS[crate].version}`);
}

/** The path of the program that this crate installs (whether it is there yet or not). */
export function cargoTool(crate) {
  return join(cargoToolRoot(crate), 'bin', CARGO_TOOLS[crate].program);
}

function lockedVersion(crate) {
  const lock = readFileSync(new URL('../Cargo.lock', import.meta.url), 'utf8');
  const match = lock.match(new RegExp(`^name = "${crate}"\\nversion = "([^"]+)"`, 'm'));
  if (!match) throw new Error(`Cargo.lock names no version of ${crate}`);
  return match[1];
}
