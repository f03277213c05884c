import type { ErrorCode } from '../../src/contract/errors.ts';
import type { Access } from '../../src/server/access.ts';
import { connectorBody, nothing, type World } from './world.ts';

/** What a route refuses, apart from what follows from who may use it. */
export interface Route {
  readonly who: Access;
  /** What its path's parameters are in a world. */
  readonly at?: Readonly<Record<string, (world: World) => string>>;
  /** What is said of an id that nothing has, or that belongs to another organization, per parameter. */
  readonly gone?: Readonly<Record<string, string>>;
  /** A JSON body that is taken; absent where none is read. */
  readonly body?: object;
  /** The route does without a body as well. */
  readonly mayBeEmpty?: true;
  readonly invalid?: readonly Invalid[];
  /** For the rest, each said out. */
  readonly refuses?: readonly Refusal[];
}

interface Invalid {
  readonly part: 'body' | 'querystring' | 'params' | 'headers';
  readonly body?: unknown;
  readonly query?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path: string;
  readonly says: string;
}

export interface Refusal {
  readonly what: string;
  readonly query?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly params?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Absent where a page or better-auth answers. */
  readonly code?: ErrorCode;
  readonly says: string;
}

const body = (value: unknown, path: string, says: string): Invalid => ({
  part: 'body',
  body: value,
  path,
  says,
});
const query = (text: string, path: string, says: string): Invalid => ({
  part: 'querystring',
  query: text,
  path,
  says,
});
const param = (params: Record<string, string>, path: string, says: string): Invalid => ({
  part: 'params',
  params,
  path,
  says,
});

const ofSession = { sessionId: (world: World) => world.session.id };
const ofInvocation = { ...ofSession, id: (world: World) => world.invocation };
const goneSession = { sessionId: 'session' };
const goneInvocation = { ...goneSession, id: 'invocation in this session' };
const ofAutomation = { id: (world: World) => world.automation };
const goneAutomation = { id: 'automation' };
const ofConnector = { id: (world: World) => world.connector };
const goneConnector = { id: 'connector' };
const ofMember = { id: (world: World) => world.membership };
const ofSecret = { key: (world: World) => world.secret };
const ofKey = { key: () => 'linear:create_issue' };

const unknownKey = 'Unrecognized key: "surplus"';
const notObject = 'Invalid input: expected object, received array';
const notString = 'Invalid input: expected string, received number';
const noName = 'Invalid input: expected string, received undefined';
const strict = (valid: object): Invalid[] => [
  body({ ...valid, surplus: 1 }, '', unknownKey),
  body([], '', notObject),
];
const names = (valid: object): Invalid[] => [
  body({ ...valid, name: 1 }, '/name', notString),
  body({ ...valid, name: ' ' }, '/name', 'a name has at least one character'),
  body({ ...valid, name: 'x'.repeat(101) }, '/name', 'a name has at most 100 characters'),
  body({ ...valid, name: 'a\u0000b' }, '/name', 'a name holds no control characters'),
];

const noNumber = 'Invalid input: expected number, received NaN';
const unknownStatus =
  'Invalid option: expected one of "pending"|"approved"|"executing"|"completed"|"denied"|"failed"|"expired"';
const lists = [
  query('limit=0', '/limit', 'Too small: expected number to be >=1'),
  query('limit=201', '/limit', 'Too big: expected number to be <=200'),
  query('limit=abc', '/limit', noNumber),
  query('limit=1.5', '/limit', 'Invalid input: expected int, received number'),
  query('limit=1&limit=2', '/limit', noNumber),
  query('cursor=abc', '/cursor', 'Invalid UUID'),
  query('status=done', '/status', unknownStatus),
  query('surplus=1', '', unknownKey),
];

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

const urlOf = (url: string) => ({ ...connectorBody, transport: { type: 'http', url } });
const connectors = [
  ...strict(connectorBody),
  ...names(connectorBody),
  body(
    { ...connectorBody, transport: { type: 'smoke' } },
    '/transport/type',
    "Invalid discriminator value. Expected 'http' | 'stdio'",
  ),
  body(urlOf('ftp://example.com'), '/transport/url', 'Invalid URL'),
  body(urlOf('nonsense'), '/transport/url', 'Invalid URL'),
  body(
    { ...connectorBody, transport: { type: 'stdio', command: '' } },
    '/transport/command',
    'Too small: expected string to have >=1 characters',
  ),
  body(
    { ...connectorBody, auth: { type: 'bearer', secretKey: 'no key' } },
    '/auth/secretKey',
    'a secret key is letters, digits, "_", "." and "-", like LINEAR_TOKEN',
  ),
  body(
    { ...connectorBody, auth: { type: 'header', header: 'no header', secretKey: 'KEY' } },
    '/auth/header',
    'not a header name',
  ),
  body(
    { ...connectorBody, defaultRisk: 'low' },
    '/defaultRisk',
    'Invalid option: expected one of "read"|"write"|"danger"',
  ),
  body({ ...connectorBody, enabled: 'yes' }, '/enabled', 'Invalid input: expected boolean, received string'),
];
const password: Refusal = {
  what: 'a password in the URL',
  body: { ...urlOf('https://me:secret@example.com/'), name: 'other' },
  status: 400,
  code: 'invalid_request',
  says: "Put no password into a connector's URL: store it with `assent secrets set`, and name its key.",
};
const switchedOff: Refusal = {
  what: 'a connector that is switched off',
  status: 409,
  code: 'conflict',
  says: 'The connector "off" is switched off. Enable it to see its tools.',
};

const notSecretKey = 'a secret key is letters, digits, "_", "." and "-", like LINEAR_TOKEN';
const secretKeys = ['9LIVES', 'no key', 'a/b', 'x'.repeat(101)].map((key) =>
  param({ key }, '/key', notSecretKey),
);
const aSecret = { value: 'lin_api_87654321' };
const unknownRole = 'Invalid option: expected one of "owner"|"admin"|"member"';
const anInvitation = { email: 'new@example.com', role: 'member' };

/** Every route that OpenAPI lists, by method and path as it writes them. */
export const listedRoutes: Readonly<Record<string, Route>> = {
  'GET /v1/sessions/{sessionId}/actions/available': { who: 'reader', at: ofSession, gone: goneSession },
  'GET /v1/sessions/{sessionId}/actions/guide/{sourceId}': {
    who: 'reader',
    at: { ...ofSession, sourceId: () => 'test' },
    gone: goneSession,
    invalid: [
      param({ sourceId: 'x'.repeat(201) }, '/sourceId', 'Too big: expected string to have <=200 characters'),
    ],
    refuses: [
      {
        what: 'an unknown source',
        params: { sourceId: 'tset' },
        status: 404,
        code: 'not_found',
        says: "There is no such source in this session's catalog.",
      },
    ],
  },
  'POST /v1/sessions/{sessionId}/actions/invoke': {
    who: 'session',
    at: ofSession,
    gone: goneSession,
    body: { sourceId: 'test', actionId: 'change' },
    invalid: [
      ...strict({ sourceId: 'test', actionId: 'look' }),
      body({ actionId: 'look' }, '/sourceId', noName),
      body({ sourceId: 1, actionId: 'look' }, '/sourceId', notString),
      body(
        { sourceId: 'test', actionId: '' },
        '/actionId',
        'Too small: expected string to have >=1 characters',
      ),
      body(
        { sourceId: 'test', actionId: 'look', params: [] },
        '/params',
        'Invalid input: expected record, received array',
      ),
      {
        part: 'headers',
        body: { sourceId: 'test', actionId: 'look' },
        headers: { 'idempotency-key': 'two words' },
        path: '/idempotency-key',
        says: 'an Idempotency-Key holds 1 to 200 visible ASCII characters',
      },
    ],
    refuses: [
      {
        what: 'an unknown action',
        body: { sourceId: 'test', actionId: 'lok' },
        status: 400,
        code: 'unknown_action',
        says: 'Test source has no action "lok". Did you mean "look"?',
      },
      {
        what: 'params that do not fit',
        body: { sourceId: 'test', actionId: 'look', params: { text: 1 } },
        status: 400,
        code: 'invalid_params',
        says: 'The params do not fit "look" at /text: must be string.',
      },
      {
        what: 'what policy denies',
        body: { sourceId: 'test', actionId: 'destroy' },
        status: 403,
        code: 'denied',
        says: 'Denied: denied by policy (inferred_default).',
      },
    ],
  },
  'GET /v1/sessions/{sessionId}/actions/invocations': {
    who: 'reader',
    at: ofSession,
    gone: goneSession,
    invalid: [...lists, query('sourceId=test', '', 'Unrecognized key: "sourceId"')],
  },
  'GET /v1/sessions/{sessionId}/actions/invocations/{id}': {
    who: 'reader',
    at: ofInvocation,
    gone: goneInvocation,
    invalid: [
      query('wait=61', '/wait', 'Too big: expected number to be <=60'),
      query('wait=-1', '/wait', 'Too small: expected number to be >=0'),
      query('wait=abc', '/wait', noNumber),
      query('surplus=1', '', unknownKey),
    ],
  },
  'POST /v1/sessions/{sessionId}/actions/invocations/{id}/approve': {
    who: 'admin',
    at: ofInvocation,
    gone: goneInvocation,
    body: {},
    mayBeEmpty: true,
    invalid: strict({}),
  },
  'POST /v1/sessions/{sessionId}/actions/invocations/{id}/deny': {
    who: 'admin',
    at: ofInvocation,
    gone: goneInvocation,
    body: { reason: 'no' },
    mayBeEmpty: true,
    invalid: [
      ...strict({}),
      body({ reason: 1 }, '/reason', notString),
      body({ reason: 'x'.repeat(1001) }, '/reason', 'Too big: expected string to have <=1000 characters'),
    ],
  },
  'GET /v1/invocations': {
    who: 'user',
    invalid: [
      ...lists,
      query('from=yesterday', '/from', 'Invalid ISO datetime'),
      query('to=2026-01-01', '/to', 'Invalid ISO datetime'),
      query('sessionId=abc', '/sessionId', 'Invalid UUID'),
      query(`sourceId=${'x'.repeat(201)}`, '/sourceId', 'Too big: expected string to have <=200 characters'),
      query('sourceId=%00', '/sourceId', 'a source id holds no control characters'),
    ],
    refuses: [
      {
        what: 'the session of nobody',
        query: `sessionId=${nothing}`,
        status: 404,
        code: 'not_found',
        says: 'There is no such session.',
      },
    ],
  },

  'GET /v1/action-modes': { who: 'user' },
  'PUT /v1/action-modes': { who: 'admin', body: aMap, invalid: maps },
  'DELETE /v1/action-modes': { who: 'admin' },
  'PUT /v1/action-modes/{key}': { who: 'admin', at: ofKey, body: { mode: 'allow' }, invalid: oneMode },
  'DELETE /v1/action-modes/{key}': { who: 'admin', at: ofKey, invalid: keyed },
  'GET /v1/automations/{id}/action-modes': { who: 'user', at: ofAutomation, gone: goneAutomation },
  'PUT /v1/automations/{id}/action-modes': {
    who: 'admin',
    at: ofAutomation,
    gone: goneAutomation,
    body: aMap,
    invalid: maps,
  },
  'DELETE /v1/automations/{id}/action-modes': { who: 'admin', at: ofAutomation, gone: goneAutomation },
  'PUT /v1/automations/{id}/action-modes/{key}': {
    who: 'admin',
    at: { ...ofAutomation, ...ofKey },
    gone: goneAutomation,
    body: { mode: 'allow' },
    invalid: oneMode,
  },
  'DELETE /v1/automations/{id}/action-modes/{key}': {
    who: 'admin',
    at: { ...ofAutomation, ...ofKey },
    gone: goneAutomation,
    invalid: keyed,
  },

  'GET /v1/automations': { who: 'user' },
  'POST /v1/automations': {
    who: 'admin',
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
  'GET /v1/automations/{id}': { who: 'user', at: ofAutomation, gone: goneAutomation },
  'DELETE /v1/automations/{id}': { who: 'admin', at: ofAutomation, gone: goneAutomation },

  'GET /v1/sessions': { who: 'user' },
  'POST /v1/sessions': {
    who: 'user',
    body: {},
    mayBeEmpty: true,
    invalid: [
      ...strict({}),
      ...names({}),
      body({ ttlSeconds: 59 }, '/ttlSeconds', 'Too small: expected number to be >=60'),
      body({ ttlSeconds: 30 * 24 * 3600 + 1 }, '/ttlSeconds', 'Too big: expected number to be <=2592000'),
      body({ ttlSeconds: 60.5 }, '/ttlSeconds', 'Invalid input: expected int, received number'),
      body({ ttlSeconds: '60' }, '/ttlSeconds', 'Invalid input: expected number, received string'),
      body({ automationId: 'nightly' }, '/automationId', 'Invalid UUID'),
    ],
    refuses: [
      {
        what: 'an unknown automation',
        body: { automationId: nothing },
        status: 404,
        code: 'not_found',
        says: 'There is no such automation.',
      },
    ],
  },
  'GET /v1/sessions/{id}': { who: 'user', at: { id: ofSession.sessionId }, gone: { id: 'session' } },
  'DELETE /v1/sessions/{id}': {
    who: 'user',
    at: { id: ofSession.sessionId },
    gone: { id: 'session of yours' },
  },

  'GET /v1/connectors': { who: 'admin' },
  'POST /v1/connectors': {
    who: 'admin',
    body: connectorBody,
    invalid: [
      ...connectors,
      body({ name: 'x' }, '/transport', 'Invalid input: expected object, received undefined'),
    ],
    refuses: [
      password,
      {
        what: 'a name that is taken',
        body: connectorBody,
        status: 409,
        code: 'conflict',
        says: 'There is a connector "off" already. Choose another name.',
      },
    ],
  },
  'GET /v1/connectors/{id}': { who: 'admin', at: ofConnector, gone: goneConnector },
  'PATCH /v1/connectors/{id}': {
    who: 'admin',
    at: ofConnector,
    gone: goneConnector,
    body: {},
    invalid: connectors,
    refuses: [password],
  },
  'DELETE /v1/connectors/{id}': { who: 'admin', at: ofConnector, gone: goneConnector },
  'GET /v1/connectors/{id}/tools': {
    who: 'admin',
    at: ofConnector,
    gone: goneConnector,
    refuses: [switchedOff],
  },
  'PUT /v1/connectors/{id}/tools/{tool}': {
    who: 'admin',
    at: { ...ofConnector, tool: () => 'create_page' },
    gone: goneConnector,
    body: {},
    mayBeEmpty: true,
    invalid: [
      ...strict({}),
      body({ riskLevel: 'low' }, '/riskLevel', 'Invalid option: expected one of "read"|"write"|"danger"'),
      body({ hash: 'x'.repeat(65) }, '/hash', 'Too big: expected string to have <=64 characters'),
      param({ tool: 'x'.repeat(201) }, '/tool', 'Too big: expected string to have <=200 characters'),
    ],
    refuses: [switchedOff],
  },

  'GET /v1/secrets': { who: 'admin' },
  'PUT /v1/secrets/{key}': {
    who: 'admin',
    at: ofSecret,
    body: aSecret,
    invalid: [
      ...secretKeys,
      ...strict(aSecret),
      body(
        { value: '1234567' },
        '/value',
        'a secret has at least 8 characters: a shorter one cannot be redacted',
      ),
      body({ value: 'x'.repeat(16_385) }, '/value', 'Too big: expected string to have <=16384 characters'),
      body({ value: 12_345_678 }, '/value', notString),
    ],
    refuses: [
      {
        what: 'a value that stands for secrets itself',
        body: { value: 'redacted' },
        status: 400,
        code: 'invalid_request',
        says: 'This value is part of "[redacted]", the mark that stands for secrets. Choose another one.',
      },
    ],
  },
  'DELETE /v1/secrets/{key}': {
    who: 'admin',
    at: ofSecret,
    gone: { key: 'secret' },
    invalid: secretKeys,
  },

  'GET /v1/preferences/actions': { who: 'user' },
  'PUT /v1/preferences/actions': {
    who: 'user',
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

  'GET /v1/members': { who: 'admin' },
  'POST /v1/members': {
    who: 'admin',
    body: anInvitation,
    invalid: [
      ...strict(anInvitation),
      body({ email: 'nobody' }, '/email', 'Invalid email address'),
      body({ role: 'member' }, '/email', 'Invalid input: expected string, received undefined'),
      body({ ...anInvitation, role: 'god' }, '/role', unknownRole),
    ],
    refuses: [
      {
        what: 'one who is a member already',
        body: { email: 'Owner@Assent.local' },
        status: 409,
        code: 'conflict',
        says: 'owner@assent.local is a member already. Change the role with `assent members set-role`.',
      },
    ],
  },
  'PATCH /v1/members/{id}': {
    who: 'admin',
    at: ofMember,
    gone: { id: 'member' },
    body: { role: 'member' },
    invalid: [...strict({ role: 'member' }), body({ role: 'god' }, '/role', unknownRole)],
  },
  'DELETE /v1/members/{id}': { who: 'admin', at: ofMember, gone: { id: 'member' } },

  'GET /v1/tokens': { who: 'user' },
  'POST /v1/tokens': {
    who: 'user',
    body: { name: 'ci' },
    invalid: [
      ...strict({ name: 'ci' }),
      ...names({}),
      body({}, '/name', noName),
      body({ name: 'ci', ttlSeconds: 59 }, '/ttlSeconds', 'Too small: expected number to be >=60'),
      body(
        { name: 'ci', ttlSeconds: 366 * 24 * 3600 + 1 },
        '/ttlSeconds',
        'Too big: expected number to be <=31622400',
      ),
    ],
  },
  'DELETE /v1/tokens/{id}': {
    who: 'user',
    at: { id: (world) => world.token },
    gone: { id: 'token of yours' },
  },

  'GET /v1/status': { who: 'user' },
  'GET /healthz': { who: 'public' },
  'GET /readyz': { who: 'public' },
  'POST /v1/device/code': { who: 'public' },
  'POST /v1/device/token': {
    who: 'public',
    body: { deviceCode: 'x', name: 'laptop' },
    invalid: [
      ...strict({ deviceCode: 'x', name: 'laptop' }),
      ...names({ deviceCode: 'x' }),
      body({ name: 'laptop' }, '/deviceCode', noName),
      body({ deviceCode: 'a\u0000b', name: 'laptop' }, '/deviceCode', 'not a device code'),
    ],
    refuses: [
      {
        what: 'an unknown code',
        body: { deviceCode: 'x', name: 'laptop' },
        status: 400,
        code: 'invalid_request',
        says: 'There is no such device code. Start the login again.',
      },
    ],
  },
  'POST /v1/login-links': { who: 'user' },
};
