// Where programs that this project brings are kept, and the command line tools that Cargo builds for it: which, at which version.

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder for what set-up brings: outside the tree, so that it is brought once. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'eventsource-wasm');

/** Crate -> version and program. wasm-bindgen's CLI must match the library, so Cargo.lock says its version. */
export const CARGO_TOOLS = {
  'wasm-bindgen-cli': { version: lockedVersion('wasm-bindgen'), program: 'wasm-bindgen' },
  'wasm-pack': { version: '0.15.1', program: 'wasm-pack' },
  geckodriver: { version: '0.37.1', program: 'geckodriver' },
};

/** The folder that `cargo install --root` fills for this crate: one for each version. */
export function cargoToolRoot(crate) {
  return join(CACHE, 'tools', `${crate}@${CARGO_TOOLS[crate].version}`);
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
