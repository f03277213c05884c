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
import type { Routes } from '../context.ts';

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

export const actionModeRoutes: Routes = async (app, { gateway }) => {
  for (const { path, whose } of owners) {
    app.get(
      path,
      { config: { access: 'user' }, schema: { tags, summary: `Read ${whose}`, params, response } },
      async (request) => ({
        modes: await readActionModes(gateway, asUser(callerOf(request)), request.params.id),
      }),
    );

    app.put(
      path,
      {
        config: { access: 'admin' },
        schema: { tags, summary: `Replace ${whose}`, params, body: modesBody, response },
      },
      async (request) => ({
        modes: await writeActionModes(
          gateway,
          asAdmin(callerOf(request)),
          request.params.id,
          request.body.modes,
        ),
      }),
    );

    app.put(
      `${path}/:key`,
      {
        config: { access: 'admin' },
        schema: { tags, summary: `Set one of ${whose}`, params: keyed, body: modeBody, response },
      },
      async (request) => {
        const { id, key } = request.params;
        return {
          modes: await setActionMode(gateway, asAdmin(callerOf(request)), id, key, request.body.mode),
        };
      },
    );

    app.delete(
      `${path}/:key`,
      {
        config: { access: 'admin' },
        schema: { tags, summary: `Unset one of ${whose}`, params: keyed, response },
      },
      async (request) => {
        const { id, key } = request.params;
        return { modes: await unsetActionMode(gateway, asAdmin(callerOf(request)), id, key) };
      },
    );

    app.delete(
      path,
      { config: { access: 'admin' }, schema: { tags, summary: `Unset all of ${whose}`, params, response } },
      async (request) => ({
        modes: await writeActionModes(gateway, asAdmin(callerOf(request)), request.params.id, {}),
      }),
    );
  }
};
