import { z } from 'zod';
import {
  connectorAnswer,
  connectorBody,
  connectorPatch,
  connectorsAnswer,
} from '../../../contract/connectors.ts';
import { id } from '../../../contract/fields.ts';
import { asAdmin } from '../../../gateway/callers.ts';
import {
  createConnector,
  deleteConnector,
  getConnector,
  listConnectors,
  updateConnector,
} from '../../../gateway/settings/connectors.ts';
import { callerOf } from '../../access.ts';
import { type Route, route } from '../../route.ts';

const tags = ['connectors'];
const params = z.object({ id });

/** The MCP servers of an organization. */
export const connectorRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/connectors',
    access: 'admin',
    scope: 'read',
    schema: { tags, summary: 'List', response: { 200: connectorsAnswer } },
    handler: async ({ gateway }, request) => ({
      connectors: await listConnectors(gateway, asAdmin(callerOf(request))),
    }),
  }),

  route({
    method: 'POST',
    url: '/v1/connectors',
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: 'Add an MCP server', body: connectorBody, response: { 201: connectorAnswer } },
    handler: async ({ gateway }, request, reply) => {
      const connector = await createConnector(gateway, asAdmin(callerOf(request)), request.body);
      return reply.status(201).send({ connector });
    },
  }),

  route({
    method: 'GET',
    url: '/v1/connectors/:id',
    access: 'admin',
    scope: 'read',
    schema: { tags, summary: 'Read one', params, response: { 200: connectorAnswer } },
    handler: async ({ gateway }, request) => ({
      connector: await getConnector(gateway, asAdmin(callerOf(request)), request.params.id),
    }),
  }),

  route({
    method: 'PATCH',
    url: '/v1/connectors/:id',
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: 'Change', params, body: connectorPatch, response: { 200: connectorAnswer } },
    handler: async ({ gateway }, request) => {
      const caller = asAdmin(callerOf(request));
      return { connector: await updateConnector(gateway, caller, request.params.id, request.body) };
    },
  }),

  route({
    method: 'DELETE',
    url: '/v1/connectors/:id',
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: 'Remove', params, response: { 204: z.null() } },
    handler: async ({ gateway }, request, reply) => {
      await deleteConnector(gateway, asAdmin(callerOf(request)), request.params.id);
      return reply.status(204).send(null);
    },
  }),
];
