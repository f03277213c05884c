import { z } from 'zod';
import { errorBody } from '../../../contract/errors.ts';
import { id } from '../../../contract/fields.ts';
import { denyBody, executedAnswer, invocationAnswer, refusedAnswer } from '../../../contract/invocation.ts';
import { asAdmin } from '../../../gateway/callers.ts';
import { readInvocation } from '../../../gateway/history/read-invocations.ts';
import { approve } from '../../../gateway/invocations/approve.ts';
import { deny } from '../../../gateway/invocations/deny.ts';
import { callerOf } from '../../access.ts';
import { statusOf } from '../../errors.ts';
import { type Route, route } from '../../route.ts';

const one = z.object({ sessionId: id, id });
const path = '/v1/sessions/:sessionId/actions/invocations/:id';
const tags = ['invocations'];

/** Deciding an invocation that waits. */
export const decisionRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: `${path}/approve`,
    access: 'admin',
    scope: 'approve',
    schema: {
      tags,
      summary: 'Approve, and so execute, once',
      params: one,
      body: z.strictObject({}).nullish(),
      response: { 200: executedAnswer, '4xx': errorBody, 502: refusedAnswer },
    },
    handler: async ({ gateway }, request, reply) => {
      const caller = asAdmin(callerOf(request));
      const { sessionId, id } = request.params;
      await readInvocation(gateway, caller, sessionId, id);
      const outcome = await approve(gateway, caller, id);
      if (outcome.kind === 'executed') return { invocation: outcome.invocation, result: outcome.result };
      if (outcome.kind === 'waiting') throw new TypeError('an approved invocation has been executed');
      // An execution ends completed or failed; `statusOf` knows more statuses than that.
      const status = statusOf[outcome.error.code] as 502;
      return reply.status(status).send({ invocation: outcome.invocation, error: outcome.error });
    },
  }),

  route({
    method: 'POST',
    url: `${path}/deny`,
    access: 'admin',
    scope: 'approve',
    schema: {
      tags,
      summary: 'Deny',
      params: one,
      body: denyBody.nullable(),
      response: { 200: invocationAnswer },
    },
    handler: async ({ gateway }, request) => {
      const caller = asAdmin(callerOf(request));
      const { sessionId, id } = request.params;
      await readInvocation(gateway, caller, sessionId, id);
      return { invocation: await deny(gateway, caller, id, request.body?.reason) };
    },
  }),
];
