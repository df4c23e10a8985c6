// The crate as others take it: its documentation, its features by themselves, a target without std, the examples, and what is published.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { CORE } from './flavours.mjs';
import { run } from './run.mjs';
import { BARE_TARGET } from './setup.mjs';

const cargo = (args, options) => run('cargo', args, options);

/** Sets of features as users ask for them, each for the targets that have it. */
const FEATURES = [
  { features: '', targets: ['host', CORE.target, BARE_TARGET] },
  { features: 'options,json', targets: ['host', BARE_TARGET] },
  { features: 'std,options', targets: ['host', CORE.target] },
  { features: 'client', targets: [CORE.target] },
  { features: 'client,json', targets: ['host', CORE.target] },
  { features: 'web,narrow', targets: [CORE.target] },
];

for (const { features, targets } of FEATURES) {
  for (const target of targets) {
    console.log(`features "${features}" on ${target}: build and documentation`);
    const args = ['--locked', '--lib', '--no-default-features', '--features', features, ...(target === 'host' ? [] : ['--target', target])];
    await cargo(['check', ...args], { env: { RUSTFLAGS: '-D warnings' } });
    await cargo(['doc', '--no-deps', ...args], { env: { RUSTDOCFLAGS: '-D warnings' } });
  }
}

console.log('the parser as the cores have it: by words of 64 bits, and by those of 32 where it is JavaScript');
for (const features of ['', 'narrow']) await cargo(['test', '--locked', '--no-default-features', '--features', features, '--test', 'parser']);

console.log('the examples in the documentation that are for apps: the pages\' and the client\'s');
// They are compiled only, since what is for browsers can't be run by rustdoc; its option for that is an unstable one.
const compiled = await cargo(['test', '--doc', '--locked', '--target', CORE.target, '--features', 'client,json'], {
  env: { RUSTC_BOOTSTRAP: '1', RUSTDOCFLAGS: '-Z unstable-options --no-run --merge-doctests=no' },
  quiet: true,
});
console.log(compiled);
for (const file of ['docs/rust.md', 'src/client.rs']) assert.ok(compiled.includes(`${file} - `), file);

console.log('the example');
const stream = 'event: add\nid: 7\ndata: 73857293\n\ndata: "next"\n\ndata: unfinished\n';
const printed = execFileSync('cargo', ['run', '--quiet', '--locked', '--example', 'decode'], { input: stream, encoding: 'utf8' });
assert.equal(printed, 'add "73857293" id="7"\nmessage "\\"next\\"" id="7"\n');

console.log('what is published');
const files = execFileSync('cargo', ['package', '--list', '--locked', '--allow-dirty'], { encoding: 'utf8' }).trim().split('\n');
const OTHERS = ['.cargo_vcs_info.json', 'Cargo.lock', 'Cargo.toml', 'Cargo.toml.orig', 'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'docs/rust.md', 'examples/decode.rs'];
assert.deepEqual(files.filter((file) => !/^src\/[\w/]+\.rs$/.test(file)), OTHERS);
assert.ok(files.includes('src/lib.rs'));
// With what is packed alone: a file that is left out would be missed here.
await cargo(['publish', '--dry-run', '--locked', '--allow-dirty']);
