import { z } from 'zod';
import { id } from '../../../contract/fields.ts';
import { invocationAction, invocationContext, waitingParams } from '../../../contract/invocation-context.ts';
import { asAdmin, asUser } from '../../../gateway/callers.ts';
import * as context from '../../../gateway/history/invocation-context.ts';
import { waitingParams as readWaitingParams } from '../../../gateway/invocations/sealed-params.ts';
import { callerOf } from '../../access.ts';
import { type Route, route } from '../../route.ts';

const tags = ['invocations'];
const params = z.object({ id });

/** What a person wants to know of an invocation before they decide, beside the row. */
export const invocationContextRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/invocations/:id/context',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'The names behind its ids', params, response: { 200: invocationContext } },
    handler: async ({ gateway }, request) =>
      context.invocationContext(gateway, asUser(callerOf(request)), request.params.id),
  }),

  route({
    method: 'GET',
    url: '/v1/invocations/:id/action',
    access: 'user',
    scope: 'read',
    schema: {
      tags,
      summary: 'The action as its source offers it now',
      params,
      response: { 200: invocationAction },
    },
    handler: async ({ gateway }, request) =>
      context.invocationAction(gateway, asUser(callerOf(request)), request.params.id),
  }),

  route({
    method: 'GET',
    url: '/v1/invocations/:id/params',
    access: 'admin',
    scope: 'read',
    schema: {
      tags,
      summary: 'What would run, whole; of one that waits',
      params,
      response: { 200: waitingParams },
    },
    handler: async ({ gateway }, request) =>
      readWaitingParams(gateway, asAdmin(callerOf(request)), request.params.id),
  }),
];
