// The proxy passes bytes, and the end of either side, as they come.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { freePort } from '../browsers.mjs';
import { proxy } from './proxy.mjs';
import { ADDRESS } from './server.mjs';

let port;
let upstream;
let between;
before(async () => {
  port = await freePort();
  upstream = createServer().listen(port, ADDRESS);
  await once(upstream, 'listening');
  between = await proxy(port, undefined);
});
after(async () => {
  await between.stop();
  upstream.close();
});

/** Opens a connection through the proxy: both ends, and what each has received so far, a byte to a character. */
async function exchange(request) {
  const arrived = once(upstream, 'connection');
  const client = heard(connect(port, '127.0.0.1'));
  client.socket.write(request, 'latin1');
  const [socket] = await arrived;
  const server = heard(socket);
  await server.until(/\r\n\r\n/);
  return { client, server };
}

function heard(socket) {
  const end = {
    socket,
    text: '',
    closed: once(socket, 'close').catch(() => {}),
    async until(pattern) {
      while (!pattern.test(end.text)) await once(socket, 'data');
    },
  };
  socket.setEncoding('latin1').on('data', (chunk) => (end.text += chunk)).on('error', () => {});
  return end;
}

test('header bytes, names and repetition reach the server', async () => {
  const { client, server } = await exchange('GET /a?b HTTP/1.1\r\nHost: x.localhost\r\nLast-Event-ID: \xE2\x80\xA6\r\nx-A: 1\r\nx-A: 2\r\n\r\n');
  assert.match(server.text, /^GET \/a\?b HTTP\/1\.1\r\nHost: x\.localhost\r\nLast-Event-ID: \xE2\x80\xA6\r\nx-A: 1\r\nx-A: 2\r\n/);
  client.socket.destroy();
  await server.closed;
});

test('an answer streams, and the end of its connection is its end', async () => {
  const { client, server } = await exchange('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  server.socket.write('HTTP/1.1 200 HAHA\r\nx-Odd: …\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n');
  await client.until(/data: 1\n/);
  assert.match(client.text, /^HTTP\/1\.1 200 HAHA\r\nx-Odd: \xE2\x80\xA6\r\nContent-Type: text\/event-stream\r\nConnection: close\r\n\r\ndata: 1\n$/);
  server.socket.end('\n');
  await client.closed;
  assert.match(client.text, /data: 1\n\n$/);
});

test('an answer that has no body has none, whatever the server sent', async () => {
  for (const [status, body] of [['204 NONE', ''], ['204 NONE', 'not to be read'], ['304 SAME', ''], ['205 RESET', '']]) {
    const { client, server } = await exchange('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    server.socket.end(`HTTP/1.1 ${status}\r\nX-A: b\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await client.until(/\r\n\r\n$/);
    assert.ok(client.text.startsWith(`HTTP/1.1 ${status}\r\nX-A: b\r\n`), client.text);
    client.socket.destroy();
    await server.closed;
  }
});

test('a client that goes away takes its connection to the server with it', async () => {
  const { client, server } = await exchange('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  server.socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n');
  await client.until(/\r\n\r\n/);
  client.socket.destroy();
  await server.closed;
});

test('a server that drops the connection drops it at the client, in the middle of an answer too', async () => {
  for (const answer of ['', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort']) {
    const { client, server } = await exchange('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    server.socket.end(answer);
    await client.closed;
    assert.equal(client.text.endsWith(answer.slice(-5)), true);
  }
});
