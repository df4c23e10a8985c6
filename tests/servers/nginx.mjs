// nginx between client and server, in the ways that people set it up: each a port of one process.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../browsers.mjs';
import { temporaryFolder } from '../temporary-folder.mjs';
import { until } from '../until.mjs';
import { start } from './listening.mjs';

export const NGINX = '/usr/sbin/nginx';

const HTTP_1_1 = 'proxy_http_version 1.1; proxy_set_header Connection "";';

/** Name -> what stands in its `server` block beside the address. The server behind it says `X-Accel-Buffering: no`. */
const SETUPS = {
  // nginx's defaults.
  buffering: 'proxy_ignore_headers X-Accel-Buffering;',
  'buffering-off': `proxy_ignore_headers X-Accel-Buffering; proxy_buffering off; ${HTTP_1_1}`,
  'x-accel-buffering': HTTP_1_1,
  gzip: `gzip on; gzip_types text/event-stream; gzip_proxied any; gzip_min_length 0; ${HTTP_1_1}`,
  http2: `${HTTP_1_1} proxy_hide_header X-Protocol; add_header X-Protocol $server_protocol;`,
};

/**
 * @param {string} upstream the origin of the server behind it
 * @param {{keyFile: string, certFile: string}} certificate
 * @returns {Promise<{origins: Record<string, string>, close: () => Promise<void>}>} the origin of each set-up
 */
export async function startNginx(upstream, { keyFile, certFile }) {
  const { path: folder, remove } = temporaryFolder('nginx');
  const origins = {};
  const servers = [];
  for (const [name, setup] of Object.entries(SETUPS)) {
    const port = await freePort();
    const secure = name === 'http2';
    origins[name] = `${secure ? 'https' : 'http'}://127.0.0.1:${port}`;
    servers.push(`
  server {
    listen 127.0.0.1:${port}${secure ? ' ssl http2' : ''};
    ${secure ? `ssl_certificate ${certFile}; ssl_certificate_key ${keyFile};` : ''}
    location / { proxy_pass ${upstream}; ${setup} }
  }`);
  }
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${folder}/${name};`);
  await writeFile(join(folder, 'nginx.conf'), `daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log off;
${folders.join('\n')}
${servers.join('')}
}
`);
  const { close } = start(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr']);
  // It listens on all of its ports before it answers on one.
  await until(() => fetch(origins.buffering).then((response) => response.ok, () => false));
  return {
    origins,
    async close() {
      await close();
      await remove();
    },
  };
}
