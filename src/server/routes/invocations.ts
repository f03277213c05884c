import { z } from 'zod';
import { errorBody } from '../../contract/errors.ts';
import { id } from '../../contract/fields.ts';
import {
  denyBody,
  executedAnswer,
  invocationAnswer,
  refusedAnswer,
  waitQuery,
} from '../../contract/invocation.ts';
import { approve } from '../../gateway/approve.ts';
import { asAdmin, asUser } from '../../gateway/callers.ts';
import { deny } from '../../gateway/deny.ts';
import { awaitFinal, readInvocation, readInvocationById } from '../../gateway/read-invocations.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';
import { statusOf } from '../errors.ts';

const one = z.object({ sessionId: id, id });
const path = '/v1/sessions/:sessionId/actions/invocations/:id';
const tags = ['invocations'];

/** Following an invocation, and deciding it. */
export const invocationRoutes: Routes = async (app, { gateway }) => {
  app.get(
    path,
    {
      config: { access: 'reader' },
      schema: {
        tags,
        summary: 'One invocation; with `wait`, as soon as its status is final',
        params: one,
        querystring: waitQuery,
        response: { 200: invocationAnswer },
      },
    },
    async (request, reply) => {
      const { sessionId, id } = request.params;
      const waitMs = (request.query.wait ?? 0) * 1000;
      if (waitMs === 0)
        return { invocation: await readInvocation(gateway, callerOf(request), sessionId, id) };
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      return { invocation: await awaitFinal(gateway, callerOf(request), sessionId, id, waitMs, gone.signal) };
    },
  );

  app.post(
    `${path}/approve`,
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Approve, and so execute, once',
        params: one,
        body: z.strictObject({}).nullish(),
        response: { 200: executedAnswer, '4xx': errorBody, 502: refusedAnswer },
      },
    },
    async (request, reply) => {
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
  );

  app.post(
    `${path}/deny`,
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Deny',
        params: one,
        body: denyBody.nullable(),
        response: { 200: invocationAnswer },
      },
    },
    async (request) => {
      const caller = asAdmin(callerOf(request));
      const { sessionId, id } = request.params;
      await readInvocation(gateway, caller, sessionId, id);
      return { invocation: await deny(gateway, caller, id, request.body?.reason) };
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
