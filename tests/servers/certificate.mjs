// A certificate of these tests' own for 127.0.0.1, made anew for each run, and what makes clients accept it and no other.

import { X509Certificate, createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../scripts/run.mjs';
import { temporaryFolder } from '../temporary-folder.mjs';

/**
 * @returns {Promise<{key: string, cert: string, keyFile: string, certFile: string, chromiumFlag: string, remove: () => Promise<void>}>}
 *   in PEM
 */
export async function makeCertificate() {
  const { path: folder, remove } = temporaryFolder('certificate');
  const [keyFile, certFile] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  await run('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', certFile,
  ], { quiet: true });
  const [key, cert] = await Promise.all([keyFile, certFile].map((file) => readFile(file, 'utf8')));
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    key, cert, keyFile, certFile,
    chromiumFlag: `--ignore-certificate-errors-spki-list=${createHash('sha256').update(spki).digest('base64')}`,
    remove,
  };
}
