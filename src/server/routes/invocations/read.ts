import { z } from 'zod';
import { errorBody } from '../../../contract/errors.ts';
import { id } from '../../../contract/fields.ts';
import { executedAnswer, followedAnswer, invocationAnswer, waitQuery } from '../../../contract/invocation.ts';
import { asUser } from '../../../gateway/callers.ts';
import { readInvocation, readInvocationById } from '../../../gateway/history/read-invocations.ts';
import { awaitFinal } from '../../../gateway/invocations/await-final.ts';
import { readWholeResult, resultFor } from '../../../gateway/invocations/whole-result.ts';
import { askAgain, callerOf } from '../../access.ts';
import { disconnectSignal } from '../../connections/client-disconnect.ts';
import { acquireUntilClosed, type Route, route } from '../../route.ts';

const tags = ['invocations'];

/** Following an invocation. */
export const invocationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/sessions/:sessionId/actions/invocations/:id',
    access: 'reader',
    scope: 'read',
    schema: {
      tags,
      summary: 'One invocation; with `wait`, as soon as its status is final',
      description:
        'What an invocation holds of its result is cut at 10 KiB. With `wait` (0 waits for nothing) the session that asked gets all of it beside the invocation, as `result`, while it is kept.',
      params: z.object({ sessionId: id, id }),
      querystring: waitQuery,
      response: { 200: followedAnswer },
    },
    handler: async (context, request, reply) => {
      const { gateway, limits } = context;
      const { sessionId, id } = request.params;
      const { wait } = request.query;
      const caller = callerOf(request);
      if (wait === undefined) return { invocation: await readInvocation(gateway, caller, sessionId, id) };
      using _ = limits.waits.acquire(caller);
      const gone = disconnectSignal(reply);
      const invocation = await awaitFinal(gateway, caller, sessionId, id, wait * 1000, gone);
      // Whoever was let in a minute ago may be so no more.
      await askAgain(context, request);
      if (caller.kind === 'session') acquireUntilClosed(limits.results, request, reply.raw);
      return { invocation, result: await resultFor(gateway, caller, invocation) };
    },
  }),

  route({
    method: 'GET',
    url: '/v1/sessions/:sessionId/actions/invocations/:id/result',
    access: 'reader',
    scope: 'read',
    limit: 'results',
    schema: {
      tags,
      summary: 'All of the result, for the session that asked',
      description:
        'Redacted as it was when the action ran, and up to 1 MiB. It is kept for 24 hours, or until the session is revoked; the oldest go first where a session keeps more than 64 MiB, or the gateway more than 1 GiB. What is kept no more is answered with 410 `result_gone`; what has not ended, or ended without a result, with 409 `conflict`. People read the 10 KiB that the invocation holds.',
      params: z.object({ sessionId: id, id }),
      response: { 200: executedAnswer, '4xx': errorBody },
    },
    handler: async ({ gateway }, request) => {
      const { sessionId, id } = request.params;
      return readWholeResult(gateway, callerOf(request), sessionId, id);
    },
  }),

  route({
    method: 'GET',
    url: '/v1/invocations/:id',
    access: 'user',
    scope: 'read',
    schema: {
      tags,
      summary: 'One invocation of the organization, whatever its session',
      params: z.object({ id }),
      response: { 200: invocationAnswer },
    },
    handler: async ({ gateway }, request) => ({
      invocation: await readInvocationById(gateway, asUser(callerOf(request)), request.params.id),
    }),
  }),
];
