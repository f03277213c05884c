import { z } from 'zod';
import { id } from '../../../contract/fields.ts';
import { countsAnswer, countsQuery, invocationsQuery } from '../../../contract/history.ts';
import { invocationsAnswer, sessionInvocationsQuery } from '../../../contract/invocation.ts';
import { asUser } from '../../../gateway/callers.ts';
import { countInvocations } from '../../../gateway/history/count-invocations.ts';
import { readInvocations } from '../../../gateway/history/read-invocations.ts';
import { callerOf } from '../../access.ts';
import { disconnectSignal } from '../../connections/client-disconnect.ts';
import { type Route, route } from '../../route.ts';

const tags = ['invocations'];

/** What a session asked for, in pages. */
export const sessionInvocationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/sessions/:sessionId/actions/invocations',
    access: 'reader',
    scope: 'read',
    schema: {
      tags: ['actions'],
      summary: "A session's invocations, newest first",
      params: z.object({ sessionId: id }),
      querystring: sessionInvocationsQuery,
      response: { 200: invocationsAnswer },
    },
    handler: async ({ gateway }, request, reply) => {
      const query = { ...request.query, sessionId: request.params.sessionId };
      return readInvocations(gateway, callerOf(request), query, disconnectSignal(reply));
    },
  }),
];

/** The organization's inbox and history: in pages, and counted over time. */
export const organizationInvocationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/invocations',
    access: 'user',
    scope: 'read',
    schema: {
      tags,
      summary: "The organization's inbox and history, newest first",
      description:
        'A page ends early where it comes to a megabyte. What no index knows of is looked for in ten thousand rows at a time, or fewer where that takes long: a page can be empty and still have a `nextCursor`.',
      querystring: invocationsQuery,
      response: { 200: invocationsAnswer },
    },
    handler: async ({ gateway }, request, reply) =>
      readInvocations(gateway, asUser(callerOf(request)), request.query, disconnectSignal(reply)),
  }),

  route({
    method: 'GET',
    url: '/v1/invocations/counts',
    access: 'user',
    scope: 'read',
    schema: {
      tags,
      summary: 'How many invocations there were of each status, over time',
      description:
        'The last 24 hours unless `from` and `to` say otherwise; the newest 200,000 at the most, or fewer where that takes long: `countedFrom` says since when.',
      querystring: countsQuery,
      response: { 200: countsAnswer },
    },
    handler: async ({ gateway }, request, reply) =>
      countInvocations(gateway, asUser(callerOf(request)), request.query, disconnectSignal(reply)),
  }),
];
