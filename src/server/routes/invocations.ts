import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import { invocationAnswer, waitQuery } from '../../contract/invocation.ts';
import { asUser } from '../../gateway/callers.ts';
import { readInvocation, readInvocationById } from '../../gateway/history/read-invocations.ts';
import { awaitFinal } from '../../gateway/invocations/await-final.ts';
import { callerOf } from '../access.ts';
import { goneSignal } from '../connections/gone.ts';
import type { Routes } from '../context.ts';

const tags = ['invocations'];

/** Following an invocation. */
export const invocationRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/sessions/:sessionId/actions/invocations/:id',
    {
      config: { access: 'reader' },
      schema: {
        tags,
        summary: 'One invocation; with `wait`, as soon as its status is final',
        params: z.object({ sessionId: id, id }),
        querystring: waitQuery,
        response: { 200: invocationAnswer },
      },
    },
    async (request, reply) => {
      const { sessionId, id } = request.params;
      const waitMs = (request.query.wait ?? 0) * 1000;
      if (waitMs === 0)
        return { invocation: await readInvocation(gateway, callerOf(request), sessionId, id) };
      const gone = goneSignal(reply);
      return { invocation: await awaitFinal(gateway, callerOf(request), sessionId, id, waitMs, gone) };
    },
  );

  app.get(
    '/v1/invocations/:id',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'One invocation of the organization, whatever its session',
        params: z.object({ id }),
        response: { 200: invocationAnswer },
      },
    },
    async (request) => ({
      invocation: await readInvocationById(gateway, asUser(callerOf(request)), request.params.id),
    }),
  );
};
