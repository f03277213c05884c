import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import { sessionAnswer, sessionBody, sessionCreated, sessionsAnswer } from '../../contract/sessions.ts';
import { asUser } from '../../gateway/callers.ts';
import { createSession, getSession, listSessions, revokeSession } from '../../gateway/people/sessions.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['sessions'];
const params = z.object({ id });

export const sessionRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/sessions',
    access: 'user',
    scope: 'ask',
    schema: {
      tags,
      summary: 'Open a session for an agent; the token is shown once',
      body: sessionBody.nullable(),
      response: { 201: sessionCreated },
    },
    handler: async ({ gateway, publicUrl }, request, reply) => {
      const created = await createSession(gateway, asUser(callerOf(request)), request.body ?? {});
      const token = created.token.reveal();
      const env = {
        ASSENT_GATEWAY_URL: publicUrl(),
        ASSENT_SESSION_ID: created.session.id,
        ASSENT_TOKEN: token,
      };
      return reply.status(201).send({ session: created.session, token, env });
    },
  }),

  route({
    method: 'GET',
    url: '/v1/sessions',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'List, newest first', response: { 200: sessionsAnswer } },
    handler: async ({ gateway }, request) => ({
      sessions: await listSessions(gateway, asUser(callerOf(request))),
    }),
  }),

  route({
    method: 'GET',
    url: '/v1/sessions/:id',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'Read one', params, response: { 200: sessionAnswer } },
    handler: async ({ gateway }, request) => ({
      session: await getSession(gateway, asUser(callerOf(request)), request.params.id),
    }),
  }),

  route({
    method: 'DELETE',
    url: '/v1/sessions/:id',
    access: 'user',
    scope: 'ask',
    schema: {
      tags,
      summary: 'Revoke; what it had waiting is denied',
      params,
      response: { 200: sessionAnswer },
    },
    handler: async ({ gateway }, request) => ({
      session: await revokeSession(gateway, asUser(callerOf(request)), request.params.id),
    }),
  }),
];
