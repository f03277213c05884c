import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import { sessionAnswer, sessionBody, sessionCreated, sessionsAnswer } from '../../contract/sessions.ts';
import { asUser } from '../../gateway/callers.ts';
import { createSession, getSession, listSessions, revokeSession } from '../../gateway/people/sessions.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';

const tags = ['sessions'];
const params = z.object({ id });

export const sessionRoutes: Routes = async (app, { gateway, publicUrl }) => {
  app.post(
    '/v1/sessions',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'Open a session for an agent; the token is shown once',
        body: sessionBody.nullable(),
        response: { 201: sessionCreated },
      },
    },
    async (request, reply) => {
      const created = await createSession(gateway, asUser(callerOf(request)), request.body ?? {});
      const token = created.token.reveal();
      const env = {
        ASSENT_GATEWAY_URL: publicUrl(),
        ASSENT_SESSION_ID: created.session.id,
        ASSENT_TOKEN: token,
      };
      return reply.status(201).send({ session: created.session, token, env });
    },
  );

  app.get(
    '/v1/sessions',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'List, newest first', response: { 200: sessionsAnswer } },
    },
    async (request) => ({ sessions: await listSessions(gateway, asUser(callerOf(request))) }),
  );

  app.get(
    '/v1/sessions/:id',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'Read one', params, response: { 200: sessionAnswer } },
    },
    async (request) => ({ session: await getSession(gateway, asUser(callerOf(request)), request.params.id) }),
  );

  app.delete(
    '/v1/sessions/:id',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'Revoke; what it had waiting is denied',
        params,
        response: { 200: sessionAnswer },
      },
    },
    async (request) => ({
      session: await revokeSession(gateway, asUser(callerOf(request)), request.params.id),
    }),
  );
};
