import { z } from 'zod';
import {
  connectorAnswer,
  connectorBody,
  connectorPatch,
  connectorsAnswer,
  connectorToolAnswer,
  connectorToolsAnswer,
  reviewBody,
} from '../../contract/connectors.ts';
import { id } from '../../contract/fields.ts';
import { asAdmin } from '../../gateway/callers.ts';
import { connectorTools } from '../../gateway/settings/connector-tools.ts';
import {
  createConnector,
  deleteConnector,
  getConnector,
  listConnectors,
  updateConnector,
} from '../../gateway/settings/connectors.ts';
import { reviewTool } from '../../gateway/settings/review-action.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';

const tags = ['connectors'];
const params = z.object({ id });
const config = { access: 'admin' } as const;

export const connectorRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/connectors',
    { config, schema: { tags, summary: 'List', response: { 200: connectorsAnswer } } },
    async (request) => ({ connectors: await listConnectors(gateway, asAdmin(callerOf(request))) }),
  );

  app.post(
    '/v1/connectors',
    {
      config,
      schema: { tags, summary: 'Add an MCP server', body: connectorBody, response: { 201: connectorAnswer } },
    },
    async (request, reply) => {
      const connector = await createConnector(gateway, asAdmin(callerOf(request)), request.body);
      return reply.status(201).send({ connector });
    },
  );

  app.get(
    '/v1/connectors/:id',
    { config, schema: { tags, summary: 'Read one', params, response: { 200: connectorAnswer } } },
    async (request) => ({
      connector: await getConnector(gateway, asAdmin(callerOf(request)), request.params.id),
    }),
  );

  app.patch(
    '/v1/connectors/:id',
    {
      config,
      schema: { tags, summary: 'Change', params, body: connectorPatch, response: { 200: connectorAnswer } },
    },
    async (request) => {
      const caller = asAdmin(callerOf(request));
      return { connector: await updateConnector(gateway, caller, request.params.id, request.body) };
    },
  );

  app.delete(
    '/v1/connectors/:id',
    { config, schema: { tags, summary: 'Remove', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteConnector(gateway, asAdmin(callerOf(request)), request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/v1/connectors/:id/tools',
    {
      config,
      schema: { tags, summary: 'Its tools as they are now', params, response: { 200: connectorToolsAnswer } },
    },
    async (request) => ({
      tools: await connectorTools(gateway, asAdmin(callerOf(request)), request.params.id),
    }),
  );

  app.put(
    '/v1/connectors/:id/tools/:tool',
    {
      config,
      schema: {
        tags,
        summary: 'Review a tool: pin its definition, and set its risk',
        params: params.extend({ tool: z.string().min(1).max(200) }),
        body: reviewBody.nullable(),
        response: { 200: connectorToolAnswer },
      },
    },
    async (request) => {
      const { id, tool } = request.params;
      return { tool: await reviewTool(gateway, asAdmin(callerOf(request)), id, tool, request.body ?? {}) };
    },
  );
};
