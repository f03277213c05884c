import { z } from 'zod';
import { catalogAnswer, guideAnswer } from '../../../contract/catalog.ts';
import { id } from '../../../contract/fields.ts';
import { catalog, guide } from '../../../gateway/actions/catalog.ts';
import { readableSession } from '../../../gateway/people/sessions.ts';
import { callerOf } from '../../access.ts';
import { type Route, route } from '../../route.ts';

const session = z.object({ sessionId: id });
const tags = ['actions'];

/** What an agent can do: the catalog of its session, and the guides of its sources. */
export const catalogRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/sessions/:sessionId/actions/available',
    access: 'reader',
    scope: 'read',
    limit: 'catalogs',
    schema: {
      tags,
      summary: 'The merged catalog of a session',
      params: session,
      response: { 200: catalogAnswer },
    },
    handler: async ({ gateway }, request) => {
      const scope = await readableSession(gateway, callerOf(request), request.params.sessionId);
      return { sources: await catalog(gateway, scope) };
    },
  }),

  route({
    method: 'GET',
    url: '/v1/sessions/:sessionId/actions/guide/:sourceId',
    access: 'reader',
    scope: 'read',
    limit: 'catalogs',
    schema: {
      tags,
      summary: 'How to use a source, in markdown',
      params: session.extend({ sourceId: z.string().max(200) }),
      response: { 200: guideAnswer },
    },
    handler: async ({ gateway }, request) => {
      const { sessionId, sourceId } = request.params;
      const scope = await readableSession(gateway, callerOf(request), sessionId);
      return { sourceId, guide: await guide(gateway, scope, sourceId) };
    },
  }),
];
