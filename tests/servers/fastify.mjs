// Fastify with @fastify/sse.

import sse from '@fastify/sse';
import fastify from 'fastify';
import { HEARTBEAT, breakOff, gone, play } from './streams.mjs';

export async function startFastify() {
  const app = fastify({ forceCloseConnections: true });
  await app.register(sse, { heartbeatInterval: HEARTBEAT, serializer: String });
  app.get('/', (request, reply) => reply.type('text/html').send('A page'));
  const handle = (name) => async (request, reply) => {
    const begin = () => ({
      send: (event) => reply.sse.send(event),
      end: () => reply.sse.close(),
      drop: () => breakOff(reply.raw),
    });
    const { authorization, 'last-event-id': lastEventId } = request.headers;
    let status = 200;
    await play(name ?? request.params.name, { lastEventId, authorization, texts: request.body }, begin, (refusal) => {
      status = refusal;
    });
    if (status !== 200) return reply.code(status).send();
    await gone(reply.raw);
    return undefined;
  };
  // Its heartbeats are a matter of the route.
  app.get('/heartbeats', { sse: 'manual' }, handle('heartbeats'));
  app.route({ method: ['GET', 'POST'], url: '/:name', sse: { kind: 'manual', heartbeat: false }, handler: handle() });
  return { origin: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}
