import { z } from 'zod';
import { actsAnswer, actsQuery, revealAnswer } from '../../../contract/acts.ts';
import { id } from '../../../contract/fields.ts';
import { asAdmin } from '../../../gateway/callers.ts';
import { readActs } from '../../../gateway/history/acts.ts';
import { reveal } from '../../../gateway/invocations/reveal.ts';
import { callerOf } from '../../access.ts';
import { type Route, route } from '../../route.ts';

/** What people do that is on record beside the invocations themselves. */
export const actRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/v1/invocations/:id/reveal',
    access: 'admin',
    scope: 'approve',
    schema: {
      tags: ['invocations'],
      summary: 'What would run, with nothing hidden; who looked is put on record',
      params: z.object({ id }),
      body: z.strictObject({}).nullish(),
      response: { 200: revealAnswer },
    },
    handler: async ({ gateway }, request) => reveal(gateway, asAdmin(callerOf(request)), request.params.id),
  }),

  route({
    method: 'GET',
    url: '/v1/acts',
    access: 'admin',
    scope: 'read',
    schema: {
      tags: ['acts'],
      summary: 'What people did that is on record, newest first',
      querystring: actsQuery,
      response: { 200: actsAnswer },
    },
    handler: async ({ gateway }, request) => readActs(gateway, asAdmin(callerOf(request)), request.query),
  }),
];
