import { body, names, noName, notString, param, query, type Route, strict, unknownKey } from './route.ts';
import { nothing, type World } from './world.ts';

const ofAutomation = { id: (world: World) => world.automation };
const goneAutomation = { id: 'automation' };
const ofKey = { key: () => 'linear:create_issue' };

const unknownMode = 'Invalid option: expected one of "allow"|"require_approval"|"deny"';
const notKey = 'a mode key is sourceId:actionId, with a colon, like "linear:create_issue"';
const aMap = { modes: { 'linear:create_issue': 'allow' } };
const maps = [
  ...strict(aMap),
  body({}, '/modes', 'Invalid input: expected record, received undefined'),
  body({ modes: { 'linear:create_issue': 'sometimes' } }, '/modes/linear:create_issue', unknownMode),
  body({ modes: { 'linear/create_issue': 'allow' } }, '/modes/linear/create_issue', 'Invalid key in record'),
];
const keys = [
  'linear/create_issue',
  'linear',
  ':create_issue',
  'linear:',
  'lin ear:create',
  `a:${'x'.repeat(399)}`,
];
const keyed = keys.map((key) =>
  param({ key }, '/key', key.length > 400 ? 'Too big: expected string to have <=400 characters' : notKey),
);
const oneMode = [
  ...keyed,
  ...strict({ mode: 'allow' }),
  body({ mode: 'sometimes' }, '/mode', unknownMode),
  body({}, '/mode', unknownMode),
];

/** What people lay down for agents. */
export const policyRoutes: Readonly<Record<string, Route>> = {
  'GET /v1/action-modes': { who: 'user', scope: 'read' },
  'PUT /v1/action-modes': { who: 'admin', scope: 'configure', body: aMap, invalid: maps },
  'DELETE /v1/action-modes': { who: 'admin', scope: 'configure' },
  'PUT /v1/action-modes/{key}': {
    who: 'admin',
    scope: 'configure',
    at: ofKey,
    body: { mode: 'allow' },
    invalid: oneMode,
  },
  'DELETE /v1/action-modes/{key}': { who: 'admin', scope: 'configure', at: ofKey, invalid: keyed },
  'GET /v1/automations/{id}/action-modes': {
    who: 'user',
    scope: 'read',
    at: ofAutomation,
    gone: goneAutomation,
  },
  'PUT /v1/automations/{id}/action-modes': {
    who: 'admin',
    scope: 'configure',
    at: ofAutomation,
    gone: goneAutomation,
    body: aMap,
    invalid: maps,
  },
  'DELETE /v1/automations/{id}/action-modes': {
    who: 'admin',
    scope: 'configure',
    at: ofAutomation,
    gone: goneAutomation,
  },
  'PUT /v1/automations/{id}/action-modes/{key}': {
    who: 'admin',
    scope: 'configure',
    at: { ...ofAutomation, ...ofKey },
    gone: goneAutomation,
    body: { mode: 'allow' },
    invalid: oneMode,
  },
  'DELETE /v1/automations/{id}/action-modes/{key}': {
    who: 'admin',
    scope: 'configure',
    at: { ...ofAutomation, ...ofKey },
    gone: goneAutomation,
    invalid: keyed,
  },

  'GET /v1/automations': { who: 'user', scope: 'read' },
  'POST /v1/automations': {
    who: 'admin',
    scope: 'configure',
    body: { name: 'weekly' },
    invalid: [...strict({ name: 'weekly' }), ...names({}), body({}, '/name', noName)],
    refuses: [
      {
        what: 'a name that is taken',
        body: { name: 'nightly' },
        status: 409,
        code: 'conflict',
        says: 'There is an automation "nightly" already. Choose another name.',
      },
    ],
  },
  'GET /v1/automations/{id}': { who: 'user', scope: 'read', at: ofAutomation, gone: goneAutomation },
  'DELETE /v1/automations/{id}': { who: 'admin', scope: 'configure', at: ofAutomation, gone: goneAutomation },

  'GET /v1/sources': { who: 'user', scope: 'read' },
  'GET /v1/sources/{sourceId}/actions': {
    who: 'user',
    scope: 'read',
    at: { sourceId: () => 'test' },
    invalid: [
      param({ sourceId: 'x'.repeat(201) }, '/sourceId', 'Too big: expected string to have <=200 characters'),
      query('automationId=nightly', '/automationId', 'Invalid UUID'),
      query('surplus=1', '', unknownKey),
    ],
    refuses: [
      ...['tset', 'TEST', '__proto__', '../sources', '\u0000'].map((sourceId) => ({
        what: `the source ${JSON.stringify(sourceId)}, which is not there`,
        params: { sourceId },
        status: 404,
        code: 'not_found' as const,
        says: 'There is no such source.',
      })),
      {
        what: 'the automation of nobody',
        query: `automationId=${nothing}`,
        status: 404,
        code: 'not_found',
        says: 'There is no such automation.',
      },
    ],
  },

  'PUT /v1/sources/{sourceId}/actions/{actionId}': {
    who: 'admin',
    scope: 'configure',
    at: { sourceId: () => 'test', actionId: () => 'look' },
    body: {},
    mayBeEmpty: true,
    invalid: [
      ...strict({}),
      body({ riskLevel: 'low' }, '/riskLevel', 'Invalid option: expected one of "read"|"write"|"danger"'),
      body({ shownHash: 'x'.repeat(65) }, '/shownHash', 'Too big: expected string to have <=64 characters'),
      param({ actionId: 'x'.repeat(201) }, '/actionId', 'Too big: expected string to have <=200 characters'),
      param({ sourceId: 'x'.repeat(201) }, '/sourceId', 'Too big: expected string to have <=200 characters'),
    ],
    refuses: [
      {
        what: 'a source that is not there',
        params: { sourceId: 'tset' },
        status: 404,
        code: 'not_found',
        says: 'There is no such source.',
      },
      {
        what: 'an action that is not there',
        params: { actionId: 'lok' },
        status: 404,
        code: 'not_found',
        says: 'There is no action "lok" of this source. Did you mean "look"?',
      },
      {
        what: 'what has changed since it was looked at',
        body: { hash: 'f'.repeat(64) },
        status: 409,
        code: 'conflict',
        says: '"look" has changed since you looked at it. Look again before you review it.',
      },
    ],
  },

  'GET /v1/preferences/actions': { who: 'user', scope: 'read' },
  'PUT /v1/preferences/actions': {
    who: 'user',
    scope: 'configure',
    body: { disabled: [] },
    invalid: [
      ...strict({ disabled: [] }),
      body({}, '/disabled', 'Invalid input: expected array, received undefined'),
      body({ disabled: 'slack' }, '/disabled', 'Invalid input: expected array, received string'),
      body({ disabled: [1] }, '/disabled/0', notString),
      body({ disabled: [''] }, '/disabled/0', 'Too small: expected string to have >=1 characters'),
      body(
        { disabled: ['x'.repeat(401)] },
        '/disabled/0',
        'Too big: expected string to have <=400 characters',
      ),
      body({ disabled: ['a\u0000b'] }, '/disabled/0', 'an entry holds no control characters'),
      body({ disabled: Array(1001).fill('a') }, '/disabled', 'Too big: expected array to have <=1000 items'),
    ],
  },
};
