import { z } from 'zod';
import { errorBody } from '../../../contract/errors.ts';
import { id } from '../../../contract/fields.ts';
import {
  executedAnswer,
  idempotencyKey,
  invokeBody,
  refusedAnswer,
  waitingAnswer,
} from '../../../contract/invocation.ts';
import { asSession } from '../../../gateway/callers.ts';
import { notFound } from '../../../gateway/errors.ts';
import { invoke } from '../../../gateway/invocations/invoke.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { callerOf } from '../../access.ts';
import { statusOf } from '../../errors.ts';
import { type Route, route } from '../../route.ts';

const session = z.object({ sessionId: id });
const tags = ['actions'];

/** Asking for an action. What has to wait for a decision is answered with 202. */
export const invokeRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/sessions/:sessionId/actions/invoke',
    access: 'session',
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
    handler: async ({ gateway }, request, reply) => {
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
  }),
];
