import { preferences } from '../../contract/preferences.ts';
import { asUser } from '../../gateway/callers.ts';
import { readPreferences, writePreferences } from '../../gateway/settings/preferences.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';

const tags = ['preferences'];
const config = { access: 'user' } as const;

export const preferenceRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/preferences/actions',
    { config, schema: { tags, summary: 'What you have switched off', response: { 200: preferences } } },
    async (request) => readPreferences(gateway, asUser(callerOf(request))),
  );

  app.put(
    '/v1/preferences/actions',
    {
      config,
      schema: {
        tags,
        summary: 'Switch sources and actions off',
        body: preferences,
        response: { 200: preferences },
      },
    },
    async (request) => writePreferences(gateway, asUser(callerOf(request)), request.body),
  );
};
