import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import { tokenAnswer, tokenBody, tokenCreated, tokensAnswer } from '../../contract/tokens.ts';
import { asUser } from '../../gateway/callers.ts';
import { createToken, listTokens, revokeToken } from '../../gateway/people/tokens.ts';
import { askProof, callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['tokens'];

export const tokenRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/tokens',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'Your own, newest first', response: { 200: tokensAnswer } },
    handler: async ({ gateway }, request) => ({
      tokens: await listTokens(gateway, asUser(callerOf(request))),
    }),
  }),

  route({
    method: 'POST',
    url: '/v1/tokens',
    access: 'user',
    scope: 'configure',
    before: askProof,
    schema: {
      tags,
      summary: 'A token with your role; shown once',
      body: tokenBody,
      response: { 201: tokenCreated },
    },
    handler: async ({ gateway }, request, reply) => {
      const { name, ...wanted } = request.body;
      const { token, value } = await createToken(gateway, asUser(callerOf(request)), name, wanted);
      return reply.status(201).send({ token, value: value.reveal() });
    },
  }),

  route({
    method: 'DELETE',
    url: '/v1/tokens/:id',
    access: 'user',
    scope: 'configure',
    schema: { tags, summary: 'Revoke', params: z.object({ id }), response: { 200: tokenAnswer } },
    handler: async ({ gateway }, request) => ({
      token: await revokeToken(gateway, asUser(callerOf(request)), request.params.id),
    }),
  }),
];
