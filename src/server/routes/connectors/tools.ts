import { z } from 'zod';
import { connectorToolAnswer, connectorToolsAnswer, reviewBody } from '../../../contract/connectors.ts';
import { id } from '../../../contract/fields.ts';
import { asAdmin } from '../../../gateway/callers.ts';
import { connectorTools } from '../../../gateway/settings/connector-tools.ts';
import { reviewTool } from '../../../gateway/settings/review-action.ts';
import { callerOf } from '../../access.ts';
import { type Route, route } from '../../route.ts';

const tags = ['connectors'];
const params = z.object({ id });

/** The tools of an MCP server, and what was decided about each. */
export const connectorToolRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/connectors/:id/tools',
    access: 'admin',
    scope: 'read',
    limit: 'catalogs',
    schema: {
      tags,
      summary: 'Its tools as they are now, and which are left out',
      params,
      response: { 200: connectorToolsAnswer },
    },
    handler: ({ gateway }, request) => connectorTools(gateway, asAdmin(callerOf(request)), request.params.id),
  }),

  route({
    method: 'PUT',
    url: '/v1/connectors/:id/tools/:tool',
    access: 'admin',
    scope: 'configure',
    schema: {
      tags,
      summary: 'Review a tool: pin its definition, and set its risk',
      params: params.extend({ tool: z.string().min(1).max(200) }),
      body: reviewBody.nullable(),
      response: { 200: connectorToolAnswer },
    },
    handler: async ({ gateway }, request) => {
      const { id, tool } = request.params;
      return { tool: await reviewTool(gateway, asAdmin(callerOf(request)), id, tool, request.body ?? {}) };
    },
  }),
];
