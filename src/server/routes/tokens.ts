import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import { tokenAnswer, tokenBody, tokenCreated, tokensAnswer } from '../../contract/tokens.ts';
import { asUser } from '../../gateway/callers.ts';
import { createToken, listTokens, revokeToken } from '../../gateway/people/tokens.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';

const tags = ['tokens'];
const config = { access: 'user' } as const;

export const tokenRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/tokens',
    { config, schema: { tags, summary: 'Your own, newest first', response: { 200: tokensAnswer } } },
    async (request) => ({ tokens: await listTokens(gateway, asUser(callerOf(request))) }),
  );

  app.post(
    '/v1/tokens',
    {
      config,
      schema: {
        tags,
        summary: 'A token with your role; shown once',
        body: tokenBody,
        response: { 201: tokenCreated },
      },
    },
    async (request, reply) => {
      const { name, ttlSeconds } = request.body;
      const { token, value } = await createToken(gateway, asUser(callerOf(request)), name, ttlSeconds);
      return reply.status(201).send({ token, value: value.reveal() });
    },
  );

  app.delete(
    '/v1/tokens/:id',
    {
      config,
      schema: { tags, summary: 'Revoke', params: z.object({ id }), response: { 200: tokenAnswer } },
    },
    async (request) => ({ token: await revokeToken(gateway, asUser(callerOf(request)), request.params.id) }),
  );
};
