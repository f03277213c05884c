import { z } from 'zod';
import { sourceActionsAnswer, sourceActionsQuery, sourceId, sourcesAnswer } from '../../contract/sources.ts';
import { listSources, sourceActions } from '../../gateway/actions/source-actions.ts';
import { asUser } from '../../gateway/callers.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';

const tags = ['sources'];
const config = { access: 'user' } as const;

/** What an organization has set up, of whatever kind, with the modes of each action. */
export const sourceRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/sources',
    { config, schema: { tags, summary: 'List; none is asked', response: { 200: sourcesAnswer } } },
    async (request) => ({ sources: await listSources(gateway, asUser(callerOf(request))) }),
  );

  app.get(
    '/v1/sources/:sourceId/actions',
    {
      config,
      schema: {
        tags,
        summary: 'Its actions as they are now, with what policy says of each',
        params: z.object({ sourceId }),
        querystring: sourceActionsQuery,
        response: { 200: sourceActionsAnswer },
      },
    },
    async (request) => {
      const caller = asUser(callerOf(request));
      const { sourceId } = request.params;
      return { actions: await sourceActions(gateway, caller, sourceId, request.query.automationId) };
    },
  );
};
