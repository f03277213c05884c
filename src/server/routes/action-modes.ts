import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import { modeBody, modeKeyText, modesAnswer, modesBody } from '../../contract/modes.ts';
import { asAdmin, asUser } from '../../gateway/callers.ts';
import {
  readActionModes,
  setActionMode,
  unsetActionMode,
  writeActionModes,
} from '../../gateway/settings/action-modes.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['action modes'];

/** The same map twice: the organization's defaults, and what an automation overrides. */
const owners = [
  { path: '/v1/action-modes', whose: "the organization's default modes" },
  { path: '/v1/automations/:id/action-modes', whose: "an automation's overrides" },
] as const;

/** The organization's paths name no automation. */
const params = z.object({ id: id.optional() });
const keyed = params.extend({ key: modeKeyText });
const response = { 200: modesAnswer };

export const actionModeRoutes: readonly Route[] = owners.flatMap(({ path, whose }) => [
  route({
    method: 'GET',
    url: path,
    access: 'user',
    scope: 'read',
    schema: { tags, summary: `Read ${whose}`, params, response },
    handler: async ({ gateway }, request) => ({
      modes: await readActionModes(gateway, asUser(callerOf(request)), request.params.id),
    }),
  }),

  route({
    method: 'PUT',
    url: path,
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: `Replace ${whose}`, params, body: modesBody, response },
    handler: async ({ gateway }, request) => ({
      modes: await writeActionModes(
        gateway,
        asAdmin(callerOf(request)),
        request.params.id,
        request.body.modes,
      ),
    }),
  }),

  route({
    method: 'PUT',
    url: `${path}/:key`,
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: `Set one of ${whose}`, params: keyed, body: modeBody, response },
    handler: async ({ gateway }, request) => {
      const { id, key } = request.params;
      return {
        modes: await setActionMode(gateway, asAdmin(callerOf(request)), id, key, request.body.mode),
      };
    },
  }),

  route({
    method: 'DELETE',
    url: `${path}/:key`,
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: `Unset one of ${whose}`, params: keyed, response },
    handler: async ({ gateway }, request) => {
      const { id, key } = request.params;
      return { modes: await unsetActionMode(gateway, asAdmin(callerOf(request)), id, key) };
    },
  }),

  route({
    method: 'DELETE',
    url: path,
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: `Unset all of ${whose}`, params, response },
    handler: async ({ gateway }, request) => ({
      modes: await writeActionModes(gateway, asAdmin(callerOf(request)), request.params.id, {}),
    }),
  }),
]);
