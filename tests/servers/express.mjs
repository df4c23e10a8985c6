// Express with express-sse, which sends data as JSON and knows no heartbeats; perhaps with compression.

import compression from 'compression';
import express from 'express';
import SSE from 'express-sse';
import { createServer } from 'node:http';
import { breakOff, gone, play } from './streams.mjs';
import { listening } from './listening.mjs';

/** @param {'gzip' | 'br'} [encoding] */
export function startExpress(encoding) {
  const app = express();
  if (encoding) {
    app.use((request, response, next) => {
      // Node's fetch takes Brotli, but asks for it by https only.
      request.headers['accept-encoding'] = encoding;
      next();
    }, compression());
  }
  app.get('/', (request, response) => response.send('A page'));
  app.all('/:name', express.json(), async (request, response) => {
    const begin = (heartbeat) => {
      const sse = new SSE();
      sse.init(request, response);
      const flush = () => response.flush?.();
      if (heartbeat) {
        const timer = setInterval(() => {
          response.write(': heartbeat\n\n');
          flush();
        }, heartbeat);
        response.once('close', () => clearInterval(timer));
      }
      flush();
      return {
        send({ id, event, data }) {
          sse.send(data, event, id);
          flush();
        },
        end: () => response.end(),
        drop: () => breakOff(response, (text) => {
          response.write(text);
          flush();
        }),
      };
    };
    const { authorization, 'last-event-id': lastEventId } = request.headers;
    await play(request.params.name, { lastEventId, authorization, texts: request.body }, begin, (status) => response.sendStatus(status));
    await gone(response);
  });
  return listening(createServer(app));
}
