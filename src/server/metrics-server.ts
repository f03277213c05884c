import Fastify, { type FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** How long a request for the metrics may take to arrive. */
const metricsRequestMs = 10_000;
/** The largest body of a request for the metrics, which needs none. */
const metricsBodyBytes = 1024;

/** Answers `GET /metrics`, to whoever reaches it, and nothing else; not yet listening. */
export function newMetricsServer(metrics: Metrics): FastifyInstance {
  const app = Fastify({
    bodyLimit: metricsBodyBytes,
    requestTimeout: metricsRequestMs,
    forceCloseConnections: true,
  });
  app.get('/metrics', async (_request, reply) =>
    reply
      .type(metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.text()),
  );
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).type('text/plain').send('Only GET /metrics is answered here.\n'),
  );
  return app;
}
