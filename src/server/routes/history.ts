import { countsAnswer, countsQuery, invocationsQuery } from '../../contract/history.ts';
import { invocationsAnswer } from '../../contract/invocation.ts';
import { asUser } from '../../gateway/callers.ts';
import { countInvocations } from '../../gateway/history/count-invocations.ts';
import { readInvocations } from '../../gateway/history/read-invocations.ts';
import { callerOf } from '../access.ts';
import { goneSignal } from '../connections/gone.ts';
import type { Routes } from '../context.ts';

const tags = ['invocations'];

/** The organization's inbox and history: in pages, and counted over time. */
export const historyRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/invocations',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: "The organization's inbox and history, newest first",
        description:
          'A page ends early where it comes to a megabyte. What no index knows of is looked for in ten thousand rows at a time, or fewer where that takes long: a page can be empty and still have a `nextCursor`.',
        querystring: invocationsQuery,
        response: { 200: invocationsAnswer },
      },
    },
    async (request, reply) =>
      readInvocations(gateway, asUser(callerOf(request)), request.query, goneSignal(reply)),
  );

  app.get(
    '/v1/invocations/counts',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'How many invocations there were of each status, over time',
        description:
          'The last 24 hours unless `from` and `to` say otherwise; the newest 200,000 at the most, or fewer where that takes long: `countedFrom` says since when.',
        querystring: countsQuery,
        response: { 200: countsAnswer },
      },
    },
    async (request, reply) =>
      countInvocations(gateway, asUser(callerOf(request)), request.query, goneSignal(reply)),
  );
};
