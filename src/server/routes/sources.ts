import { z } from 'zod';
import { reviewBody } from '../../contract/connectors.ts';
import {
  reviewedActionAnswer,
  sourceActionsAnswer,
  sourceActionsQuery,
  sourceId,
  sourcesAnswer,
} from '../../contract/sources.ts';
import { listSources, sourceActions } from '../../gateway/actions/source-actions.ts';
import { asAdmin, asUser } from '../../gateway/callers.ts';
import { reviewAction } from '../../gateway/settings/review-action.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['sources'];

/** What an organization has set up, of whatever kind, with the modes of each action. */
export const sourceRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/sources',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'List; none is asked', response: { 200: sourcesAnswer } },
    handler: async ({ gateway }, request) => ({
      sources: await listSources(gateway, asUser(callerOf(request))),
    }),
  }),

  route({
    method: 'GET',
    url: '/v1/sources/:sourceId/actions',
    access: 'user',
    scope: 'read',
    limit: 'catalogs',
    schema: {
      tags,
      summary: 'Its actions as they are now, with what policy says of each',
      params: z.object({ sourceId }),
      querystring: sourceActionsQuery,
      response: { 200: sourceActionsAnswer },
    },
    handler: ({ gateway }, request) => {
      const caller = asUser(callerOf(request));
      const { sourceId } = request.params;
      return sourceActions(gateway, caller, sourceId, request.query.automationId);
    },
  }),

  route({
    method: 'PUT',
    url: '/v1/sources/:sourceId/actions/:actionId',
    access: 'admin',
    scope: 'configure',
    schema: {
      tags,
      summary: 'Review an action: pin its definition, and set its risk',
      params: z.object({ sourceId, actionId: z.string().min(1).max(200) }),
      body: reviewBody.nullable(),
      response: { 200: reviewedActionAnswer },
    },
    handler: async ({ gateway }, request) => {
      const caller = asAdmin(callerOf(request));
      const { sourceId, actionId } = request.params;
      return { action: await reviewAction(gateway, caller, sourceId, actionId, request.body ?? {}) };
    },
  }),
];
