import { healthAnswer, statusAnswer } from '../../contract/status.ts';
import { asUser } from '../../gateway/callers.ts';
import { expectReady, readStatus } from '../../gateway/settings/status.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['status'];

export const statusRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/status',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'How the gateway does', response: { 200: statusAnswer } },
    handler: async ({ gateway }, request) => readStatus(gateway, asUser(callerOf(request))),
  }),

  route({
    method: 'GET',
    url: '/healthz',
    access: 'public',
    schema: { tags, summary: 'The process answers', response: { 200: healthAnswer } },
    handler: async () => ({ status: 'ok' as const }),
  }),

  route({
    method: 'GET',
    url: '/readyz',
    access: 'public',
    schema: {
      tags,
      summary: 'The database takes work, and no stop is under way',
      response: { 200: healthAnswer },
    },
    handler: async ({ gateway }) => {
      await expectReady(gateway);
      return { status: 'ok' as const };
    },
  }),

  route({
    method: 'GET',
    url: '/openapi.json',
    access: 'public',
    schema: { hide: true },
    handler: async (_context, request, reply) =>
      reply.type('application/json').send(JSON.stringify(request.server.swagger())),
  }),
];
