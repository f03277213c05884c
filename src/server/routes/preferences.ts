import { preferences } from '../../contract/preferences.ts';
import { asUser } from '../../gateway/callers.ts';
import { readPreferences, writePreferences } from '../../gateway/settings/preferences.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['preferences'];

export const preferenceRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/preferences/actions',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'What you have switched off', response: { 200: preferences } },
    handler: async ({ gateway }, request) => readPreferences(gateway, asUser(callerOf(request))),
  }),

  route({
    method: 'PUT',
    url: '/v1/preferences/actions',
    access: 'user',
    scope: 'configure',
    schema: {
      tags,
      summary: 'Switch sources and actions off',
      body: preferences,
      response: { 200: preferences },
    },
    handler: async ({ gateway }, request) =>
      writePreferences(gateway, asUser(callerOf(request)), request.body),
  }),
];
