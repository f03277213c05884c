import { z } from 'zod';
import { secretAnswer, secretBody, secretKey, secretsAnswer } from '../../contract/secrets.ts';
import { asAdmin } from '../../gateway/callers.ts';
import { deleteSecret, listSecrets, setSecret } from '../../gateway/settings/secrets.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['secrets'];
const params = z.object({ key: secretKey });

export const secretRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/secrets',
    access: 'admin',
    scope: 'read',
    schema: { tags, summary: 'List the keys', response: { 200: secretsAnswer } },
    handler: async ({ gateway }, request) => ({
      secrets: await listSecrets(gateway, asAdmin(callerOf(request))),
    }),
  }),

  route({
    method: 'PUT',
    url: '/v1/secrets/:key',
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: 'Set a value', params, body: secretBody, response: { 200: secretAnswer } },
    handler: async ({ gateway }, request) => {
      const caller = asAdmin(callerOf(request));
      return { secret: await setSecret(gateway, caller, request.params.key, request.body.value) };
    },
  }),

  route({
    method: 'DELETE',
    url: '/v1/secrets/:key',
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: 'Delete', params, response: { 204: z.null() } },
    handler: async ({ gateway }, request, reply) => {
      await deleteSecret(gateway, asAdmin(callerOf(request)), request.params.key);
      return reply.status(204).send(null);
    },
  }),
];
