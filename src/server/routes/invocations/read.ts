import { z } from 'zod';
import { id } from '../../../contract/fields.ts';
import { invocationAnswer, waitQuery } from '../../../contract/invocation.ts';
import { asUser } from '../../../gateway/callers.ts';
import { readInvocation, readInvocationById } from '../../../gateway/history/read-invocations.ts';
import { awaitFinal } from '../../../gateway/invocations/await-final.ts';
import { callerOf } from '../../access.ts';
import { disconnectSignal } from '../../connections/client-disconnect.ts';
import { type Route, route } from '../../route.ts';

const tags = ['invocations'];

/** Following an invocation. */
export const invocationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/sessions/:sessionId/actions/invocations/:id',
    access: 'reader',
    schema: {
      tags,
      summary: 'One invocation; with `wait`, as soon as its status is final',
      params: z.object({ sessionId: id, id }),
      querystring: waitQuery,
      response: { 200: invocationAnswer },
    },
    handler: async ({ gateway }, request, reply) => {
      const { sessionId, id } = request.params;
      const waitMs = (request.query.wait ?? 0) * 1000;
      if (waitMs === 0)
        return { invocation: await readInvocation(gateway, callerOf(request), sessionId, id) };
      const gone = disconnectSignal(reply);
      return { invocation: await awaitFinal(gateway, callerOf(request), sessionId, id, waitMs, gone) };
    },
  }),

  route({
    method: 'GET',
    url: '/v1/invocations/:id',
    access: 'user',
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
