import { z } from 'zod';
import { catalogAnswer, guideAnswer } from '../../contract/catalog.ts';
import { errorBody } from '../../contract/errors.ts';
import { id } from '../../contract/fields.ts';
import {
  executedAnswer,
  idempotencyKey,
  invocationsAnswer,
  invokeBody,
  refusedAnswer,
  sessionInvocationsQuery,
  waitingAnswer,
} from '../../contract/invocation.ts';
import { catalog, guide } from '../../gateway/actions/catalog.ts';
import { asSession } from '../../gateway/callers.ts';
import { notFound } from '../../gateway/errors.ts';
import { readInvocations } from '../../gateway/history/read-invocations.ts';
import { invoke } from '../../gateway/invocations/invoke.ts';
import { readableSession } from '../../gateway/people/sessions.ts';
import type { JsonObject } from '../../lib/json.ts';
import { callerOf } from '../access.ts';
import { goneSignal } from '../connections/gone.ts';
import type { Routes } from '../context.ts';
import { statusOf } from '../errors.ts';

const session = z.object({ sessionId: id });
const tags = ['actions'];

/** What an agent does: look at the catalog, read a guide, invoke, and see its own invocations. */
export const actionRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/sessions/:sessionId/actions/available',
    {
      config: { access: 'reader' },
      schema: {
        tags,
        summary: 'The merged catalog of a session',
        params: session,
        response: { 200: catalogAnswer },
      },
    },
    async (request) => {
      const scope = await readableSession(gateway, callerOf(request), request.params.sessionId);
      return { sources: await catalog(gateway, scope) };
    },
  );

  app.get(
    '/v1/sessions/:sessionId/actions/guide/:sourceId',
    {
      config: { access: 'reader' },
      schema: {
        tags,
        summary: 'How to use a source, in markdown',
        params: session.extend({ sourceId: z.string().max(200) }),
        response: { 200: guideAnswer },
      },
    },
    async (request) => {
      const { sessionId, sourceId } = request.params;
      const scope = await readableSession(gateway, callerOf(request), sessionId);
      return { sourceId, guide: await guide(gateway, scope, sourceId) };
    },
  );

  app.post(
    '/v1/sessions/:sessionId/actions/invoke',
    {
      config: { access: 'session' },
      schema: {
        tags,
        summary: 'Ask for an action',
        params: session,
        headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
        body: invokeBody,
        response: {
          200: executedAnswer,
          202: waitingAnswer,
          403: refusedAnswer,
          '4xx': errorBody,
          502: refusedAnswer,
        },
      },
    },
    async (request, reply) => {
      const caller = asSession(callerOf(request));
      if (caller.sessionId !== request.params.sessionId) throw notFound('session');
      const { sourceId, actionId, params } = request.body;
      const outcome = await invoke(gateway, caller, {
        sourceId,
        actionId,
        // The body was parsed from JSON.
        ...(params !== undefined && { params: params as JsonObject }),
        idempotencyKey: request.headers['idempotency-key'],
      });
      if (outcome.kind === 'executed') return { invocation: outcome.invocation, result: outcome.result };
      const { invocation } = outcome;
      if (outcome.kind === 'waiting') return reply.status(202).send({ invocation, message: outcome.message });
      // `statusOf` knows more statuses than this answer has.
      const status = statusOf[outcome.error.code] as 403 | 502;
      return reply.status(status).send({ invocation, error: outcome.error });
    },
  );

  app.get(
    '/v1/sessions/:sessionId/actions/invocations',
    {
      config: { access: 'reader' },
      schema: {
        tags,
        summary: "A session's invocations, newest first",
        params: session,
        querystring: sessionInvocationsQuery,
        response: { 200: invocationsAnswer },
      },
    },
    async (request, reply) => {
      const query = { ...request.query, sessionId: request.params.sessionId };
      return readInvocations(gateway, callerOf(request), query, goneSignal(reply));
    },
  );
};
