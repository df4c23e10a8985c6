// Brings what is missing: each need is looked at first, so that a second run does nothing. Uses nothing but Node itself.

import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORE } from './flavours.mjs';
import { OLD_BROWSERS, bringOldBrowser, hasOldBrowser } from './old-browsers.mjs';
import { run } from './run.mjs';
import { absentPackages, bringAxum, bringPython, hasAxum, hasPython } from './servers.mjs';
import { CARGO_TOOLS, cargoTool, cargoToolRoot } from './tools.mjs';

/**
 * @typedef {object} Need
 * @property {string} name
 * @property {() => boolean | Promise<boolean>} isThere
 * @property {() => Promise<unknown>} bring throws an Error that says what to do when it can't
 * @property {string} [note] what to expect of it
 */

/** What a build needs. @type {Need[]} */
export const BUILD_NEEDS = [
  {
    name: 'Rust',
    isThere: () => output('cargo', ['--version']) !== null,
    bring: () => missing('Rust is missing: install it from https://rustup.rs and run this again'),
  },
  { name: 'npm packages', isThere: () => npmPackagesAreThere(), bring: () => run('npm', ['ci', '--no-audit', '--no-fund']) },
  targetNeed(CORE.target),
  {
    name: "Rust's library sources",
    isThere: () => existsSync(join(`${output('rustc', ['--print', 'sysroot'])}`, 'lib/rustlib/src/rust/library/Cargo.lock')),
    bring: () => rustup(['component', 'add', 'rust-src']),
  },
  cargoNeed('wasm-bindgen-cli'),
];

/** What the tests need on top. @type {Need[]} */
export const TEST_NEEDS = [
  cargoNeed('wasm-pack'),
  cargoNeed('geckodriver'),
  browsersNeed('browsers', () => true),
];

/** What tests in Chromium alone need on top. @type {Need[]} */
export const CHROMIUM_NEEDS = [browsersNeed('Chromium', (name) => name === 'chromium')];

/** A target that has no std. */
export const BARE_TARGET = 'thumbv7em-none-eabi';

/** What the tests of the crate need on top. @type {Need[]} */
export const CRATE_NEEDS = [targetNeed(BARE_TARGET)];

/** What the tests of the package need on top. @type {Need[]} */
export const PACKAGES_NEEDS = [
  {
    name: 'bundlers, runtimes and compilers',
    note: 'a download of 450 MB',
    isThere: () => npmPackagesAreThere('tests/packages/'),
    bring: () => run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: 'tests/packages' }),
  },
];

/** What the tests with servers that people use need on top. @type {Need[]} */
export const SERVERS_NEEDS = [
  {
    name: 'nginx and the like',
    isThere: () => absentPackages().length === 0,
    bring: () => installPackages(absentPackages(), absentPackages().join(', ')),
  },
  {
    name: 'servers in Node',
    isThere: () => npmPackagesAreThere('tests/servers/'),
    bring: () => run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: 'tests/servers' }),
  },
  { name: 'a server in Python', isThere: hasPython, bring: bringPython },
  { name: 'a server in Rust', isThere: hasAxum, bring: bringAxum },
];

/** What the old browsers that stand for others need. @type {Need[]} */
export const STAND_IN_NEEDS = Object.keys(OLD_BROWSERS).map(oldBrowserNeed);

/**
 * Brings what is missing of these, one after the other, saying so.
 * @param {Need[]} needs
 * @throws {Error} with one line for the reader when something can't be had
 */
export async function setUp(needs) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  for (const [index, { name, isThere, bring, note }] of needs.entries()) {
    const step = `[${index + 1}/${needs.length}] ${name}`;
    if (await isThere()) {
      console.log(`${step}: there`);
      continue;
    }
    console.log(`${step}: setting up${note ? ` (${note})` : ''} ...`);
    await bring();
    if (!(await isThere())) missing(`${name} is still missing after its set-up`);
  }
}

function cargoNeed(crate) {
  const { version } = CARGO_TOOLS[crate];
  return {
    name: `${crate} ${version}`,
    note: 'compiled once, a few minutes',
    isThere: () => existsSync(cargoTool(crate)),
    async bring() {
      const install = ['install', '--root', cargoToolRoot(crate), `${crate}@${version}`];
      // A mirror may not have each version yet that the crate's own lock file names.
      await run('cargo', [...install, '--locked']).catch(() => run('cargo', install));
    },
  };
}

function targetNeed(target) {
  return {
    name: `Rust's ${target} target`,
    isThere: () => existsSync(`${output('rustc', ['--print', 'target-libdir', '--target', target])}`),
    bring: () => rustup(['target', 'add', target]),
  };
}

function oldBrowserNeed(name) {
  return {
    name,
    note: 'a download of 30 to 60 MB',
    isThere: () => hasOldBrowser(name),
    bring: () => bringOldBrowser(name),
  };
}

function npmPackagesAreThere(folder = '') {
  const installed = `${folder}node_modules/.package-lock.json`;
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${folder}package-lock.json`).mtimeMs;
}

async function rustup(args) {
  if (output('rustup', ['--version']) === null) {
    missing(`rustup is missing: without it, add what "rustup ${args.join(' ')}" would add to your Rust by other means`);
  }
  await run('rustup', args);
}

function browsersNeed(name, isWanted) {
  const absent = async () => {
    const { BROWSERS, installedBrowsers } = await import('../tests/browsers.mjs');
    const installed = installedBrowsers();
    return Object.entries(BROWSERS).filter(([browser]) => isWanted(browser) && !installed.includes(browser));
  };
  return {
    name,
    isThere: async () => (await absent()).length === 0,
    async bring() {
      const browsers = await absent();
      await installPackages(browsers.flatMap(([, { debian }]) => debian), browsers.map(([browser]) => browser).join(', '));
    },
  };
}

async function installPackages(packages, names) {
  if (!existsSync('/etc/debian_version')) {
    missing(`missing for the tests: ${names}. They are looked for where Debian's packages put them: ${packages.join(' ')}`);
  }
  if (process.getuid() !== 0) missing(`missing for the tests: ${names}. Run: sudo apt-get install ${packages.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}

/** What a program prints, without the line end; null when it can't be run. */
function output(program, args) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function missing(message) {
  throw new Error(message);
}
