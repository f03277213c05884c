import { body, names, noName, notString, param, query, type Refusal, type Route, strict } from './route.ts';
import { connectorBody, nothing, type World } from './world.ts';

const ofConnector = { id: (world: World) => world.connector };
const goneConnector = { id: 'connector' };
const ofMember = { id: (world: World) => world.membership };
const ofSecret = { key: (world: World) => world.secret };

const aPassword = { password: 'long enough' };
const byToken: Refusal = {
  what: 'a token',
  status: 403,
  code: 'forbidden',
  says: 'This takes a person who is signed in with a browser; a token cannot do it. Open the settings in a browser.',
};

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
const aWebhook = { kind: 'webhook', target: 'https://example.com/hooks/assent' };
const ofIntegration = { provider: () => 'slack' };
const anIntegration = { token: 'xoxb-87654321' };
const unknownProvider = ['LINEAR', 'a b'].map((provider) =>
  param({ provider }, '/provider', 'a provider is named by its id, like "linear"'),
);
const aSecret = { value: 'lin_api_87654321' };
const unknownRole = 'Invalid option: expected one of "owner"|"admin"|"member"';
const anInvitation = { email: 'new@example.com', role: 'member' };

/** What an organization consists of, and the gateway's own. */
export const settingsRoutes: Readonly<Record<string, Route>> = {
  'GET /v1/connectors': { who: 'admin', scope: 'read' },
  'POST /v1/connectors': {
    who: 'admin',
    scope: 'configure',
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
  'GET /v1/connectors/{id}': { who: 'admin', scope: 'read', at: ofConnector, gone: goneConnector },
  'PATCH /v1/connectors/{id}': {
    who: 'admin',
    scope: 'configure',
    at: ofConnector,
    gone: goneConnector,
    body: {},
    invalid: connectors,
    refuses: [password],
  },
  'DELETE /v1/connectors/{id}': { who: 'admin', scope: 'configure', at: ofConnector, gone: goneConnector },
  'GET /v1/connectors/{id}/tools': {
    who: 'admin',
    scope: 'read',
    at: ofConnector,
    gone: goneConnector,
    refuses: [switchedOff],
  },
  'PUT /v1/connectors/{id}/tools/{tool}': {
    who: 'admin',
    scope: 'configure',
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

  'GET /v1/integrations': { who: 'admin', scope: 'read' },
  'PUT /v1/integrations/{provider}': {
    who: 'admin',
    scope: 'configure',
    at: ofIntegration,
    body: anIntegration,
    invalid: [
      ...unknownProvider,
      ...strict(anIntegration),
      body(
        { token: '1234567' },
        '/token',
        'a token has at least 8 characters: a shorter one cannot be redacted',
      ),
      body({ token: 'two words' }, '/token', 'a token has no blanks and no line ends'),
      body({ token: 12_345_678 }, '/token', notString),
      body({ ...anIntegration, baseUrl: 'ftp://example.com' }, '/baseUrl', 'Invalid URL'),
      body(
        { ...anIntegration, baseUrl: 'https://me@example.com/' },
        '/baseUrl',
        'a base URL holds no password, query or fragment',
      ),
    ],
    refuses: [
      {
        what: 'a token that stands for secrets itself',
        body: { token: 'redacted' },
        status: 400,
        code: 'invalid_request',
        says: 'This token is part of "[redacted]", the mark that stands for secrets.',
      },
      {
        what: 'a vendor that is not built in',
        params: { provider: 'github' },
        status: 400,
        code: 'invalid_request',
        says: 'There is no provider "github". There are linear, sentry, slack.',
      },
    ],
  },
  'DELETE /v1/integrations/{provider}': {
    who: 'admin',
    scope: 'configure',
    at: ofIntegration,
    invalid: unknownProvider,
    refuses: [
      {
        what: 'a provider that is not set up',
        params: { provider: 'sentry' },
        status: 404,
        code: 'not_found',
        says: 'There is no such integration.',
      },
    ],
  },

  'GET /v1/notifications': { who: 'admin', scope: 'read' },
  'GET /v1/notifications/deliveries': {
    who: 'admin',
    scope: 'read',
    invalid: [
      query('limit=0', '/limit', 'Too small: expected number to be >=1'),
      query('cursor=x', '/cursor', 'Invalid UUID'),
    ],
  },
  'POST /v1/notifications': {
    who: 'admin',
    scope: 'configure',
    body: aWebhook,
    invalid: [
      ...strict(aWebhook),
      body(
        { kind: 'pigeon', target: 'x' },
        '/kind',
        "Invalid discriminator value. Expected 'slack' | 'webhook'",
      ),
      body({ kind: 'slack', target: '#general' }, '/target', 'a channel is named by its id, like C012AB3CD'),
      body({ kind: 'webhook', target: 'ftp://example.com' }, '/target', 'Invalid URL'),
      body(
        { kind: 'webhook', target: 'https://me@example.com/' },
        '/target',
        'a webhook URL holds no password and no fragment',
      ),
    ],
    refuses: [
      {
        what: 'one that is told already',
        body: { kind: 'slack', target: 'C00000GENERAL' },
        status: 409,
        code: 'conflict',
        says: 'C00000GENERAL is told already.',
      },
    ],
  },
  'DELETE /v1/notifications/{id}': {
    who: 'admin',
    scope: 'configure',
    at: { id: (world: World) => world.notification },
    gone: { id: 'notification' },
  },

  'GET /v1/secrets': { who: 'admin', scope: 'read' },
  'PUT /v1/secrets/{key}': {
    who: 'admin',
    scope: 'configure',
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
    scope: 'configure',
    at: ofSecret,
    gone: { key: 'secret' },
    invalid: secretKeys,
  },

  'GET /v1/me': { who: 'user', scope: 'read' },
  'PUT /v1/me/password': {
    who: 'user',
    scope: 'browser',
    body: aPassword,
    invalid: [
      ...strict(aPassword),
      body({}, '/password', 'Invalid input: expected string, received undefined'),
      body({ password: 'nine char' }, '/password', 'a password has at least 10 characters'),
      body({ password: 'x'.repeat(201) }, '/password', 'a password has at most 200 characters'),
      body({ ...aPassword, current: 1 }, '/current', notString),
    ],
    refuses: [{ ...byToken, body: aPassword }],
  },
  'POST /v1/me/oidc': {
    who: 'user',
    scope: 'browser',
    body: {},
    invalid: [
      ...strict({}),
      body({ next: 'https://evil.example' }, '/next', 'not a path of this gateway'),
      body({ next: '//evil.example' }, '/next', 'not a path of this gateway'),
    ],
    refuses: [{ ...byToken, body: {} }],
  },
  'POST /v1/me/oidc/confirm': {
    who: 'user',
    scope: 'browser',
    body: {},
    invalid: [...strict({}), body({ next: '//evil.example' }, '/next', 'not a path of this gateway')],
    refuses: [{ ...byToken, body: {} }],
  },
  'DELETE /v1/me/oidc': { who: 'user', scope: 'browser', refuses: [byToken] },
  'GET /v1/me/ways-in': { who: 'user', scope: 'read' },
  'POST /v1/me/ways-in/{id}/end': {
    who: 'user',
    scope: 'configure',
    at: { id: () => nothing },
    gone: { id: 'way in of yours; perhaps it has ended already' },
    body: {},
    invalid: [
      ...strict({}),
      body({ keep: ['x'] }, '/keep/0', 'Invalid UUID'),
      body({ keep: 'x' }, '/keep', 'Invalid input: expected array, received string'),
    ],
  },
  'POST /v1/me/ways-in/end-other-browsers': { who: 'user', scope: 'browser', refuses: [byToken] },
  'POST /v1/me/confirm': {
    who: 'user',
    scope: 'browser',
    body: { password: 'x' },
    invalid: [
      ...strict({ password: 'x' }),
      body({}, '/password', 'Invalid input: expected string, received undefined'),
    ],
    refuses: [{ ...byToken, body: { password: 'x' } }],
  },
  'GET /v1/members': { who: 'admin', scope: 'read' },
  'POST /v1/members': {
    who: 'admin',
    scope: 'configure',
    opensBrowser: true,
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
        says: 'owner@assent.local is a member already. Change the role in the settings, or with `assent members set-role`.',
      },
    ],
  },
  'PATCH /v1/members/{id}': {
    who: 'admin',
    scope: 'configure',
    at: ofMember,
    gone: { id: 'member' },
    body: { role: 'member' },
    invalid: [...strict({ role: 'member' }), body({ role: 'god' }, '/role', unknownRole)],
  },
  'DELETE /v1/members/{id}': { who: 'admin', scope: 'configure', at: ofMember, gone: { id: 'member' } },

  'GET /v1/tokens': { who: 'user', scope: 'read' },
  'POST /v1/tokens': {
    who: 'user',
    scope: 'configure',
    body: { name: 'ci' },
    invalid: [
      ...strict({ name: 'ci' }),
      ...names({}),
      body({}, '/name', noName),
      body({ name: 'ci', scopes: [] }, '/scopes', 'a token has at least one scope'),
      body({ name: 'ci', scopes: ['read', 'read'] }, '/scopes', 'a scope is named twice'),
      body(
        { name: 'ci', scopes: ['write'] },
        '/scopes/0',
        'Invalid option: expected one of "read"|"ask"|"approve"|"configure"',
      ),
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
    scope: 'configure',
    at: { id: (world) => world.token },
    gone: { id: 'token of yours' },
  },

  'GET /v1/status': { who: 'user', scope: 'read' },
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
  'GET /v1/device/{userCode}': {
    who: 'user',
    scope: 'browser',
    at: { userCode: () => 'BBBB-BBBB' },
    listsNothing: true,
    invalid: [param({ userCode: '<script>' }, '/userCode', 'not a code of a command line')],
    refuses: [byToken],
  },
  'POST /v1/device/{userCode}/decision': {
    who: 'user',
    scope: 'browser',
    at: { userCode: () => 'BBBB-BBBB' },
    body: { decision: 'approve' },
    invalid: [
      ...strict({ decision: 'approve' }),
      body({ decision: 'perhaps' }, '/decision', 'Invalid option: expected one of "approve"|"deny"'),
      param({ userCode: 'BBBBBBBBB' }, '/userCode', 'not a code of a command line'),
    ],
    refuses: [{ ...byToken, body: { decision: 'approve' } }],
  },
  'POST /v1/login-links': { who: 'user', scope: 'configure', opensBrowser: true },
};
