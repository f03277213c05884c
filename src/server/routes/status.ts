import { healthAnswer, statusAnswer } from '../../contract/status.ts';
import { asUser } from '../../gateway/callers.ts';
import { GatewayError } from '../../gateway/errors.ts';
import { isReady, readStatus } from '../../gateway/settings/status.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';

const tags = ['status'];
const config = { access: 'public' } as const;

export const statusRoutes: Routes = async (app, { gateway, metrics }) => {
  app.get(
    '/v1/status',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'How the gateway does', response: { 200: statusAnswer } },
    },
    async (request) => readStatus(gateway, asUser(callerOf(request))),
  );

  app.get(
    '/healthz',
    { config, schema: { tags, summary: 'The process answers', response: { 200: healthAnswer } } },
    async () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      config,
      schema: {
        tags,
        summary: 'The database answers, and no stop is under way',
        response: { 200: healthAnswer },
      },
    },
    async () => {
      if (!(await isReady(gateway)))
        throw new GatewayError('unavailable', 'The gateway is stopping, or its database does not answer.');
      return { status: 'ok' as const };
    },
  );

  app.get('/metrics', { config, schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );

  app.get('/openapi.json', { config, schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(app.swagger())),
  );
};
