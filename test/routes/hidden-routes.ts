import { query, type Refusal, type Route, unknownKey } from './route.ts';
import { nothing } from './world.ts';

const foreign = { origin: 'https://evil.example' };
const notOurPage = 'This must be sent by a page of this gateway, at ';
const loginOver =
  'This login link was used already, is older than 15 minutes, or was taken back. For a new one run `assent login --link` where you use the command line.';
const invitationOver = 'This invitation was used already, or is over. Ask for a new one.';

/** A page's form, from another site and from nowhere; the right origin is what `says` is refused for. */
const fromElsewhere = (form: Record<string, string>): Refusal[] => [
  { what: 'no Origin', form, headers: {}, status: 403, says: notOurPage },
  { what: 'a foreign Origin', form, headers: foreign, status: 403, says: notOurPage },
];
const signedOut: Refusal = {
  what: 'nobody',
  status: 401,
  code: 'unauthenticated',
  says: 'You are signed out. Sign in again.',
};
const made = { response: { id: 'x' } };
const begunNever: Refusal = {
  what: 'what was never begun',
  body: made,
  status: 410,
  code: 'expired',
  says: 'This took longer than five minutes, or was done already. Begin again.',
};
/** A body is looked at before who sends it. */
const without = (field: string, says: string): Refusal => ({
  what: `a body without ${field}`,
  body: {},
  status: 400,
  code: 'invalid_request',
  says: `The body is not valid at /${field}: ${says}.`,
});
const noResponse = without('response', 'Invalid input: expected object, received undefined');
/** better-auth's own, which answer a page's script. */
const fromAnotherSite = (body: object): Refusal => ({
  what: 'a foreign Origin',
  body,
  headers: { ...foreign, cookie: 'assent.session_token=x' },
  status: 403,
  says: notOurPage,
});
const noSignOn = 'This gateway has no single sign-on. Whoever runs it sets one up with ASSENT_OIDC_ISSUER.';

const inUrl = (path: string) => path.replace(/\{\w+\}/, nothing);
/** A screen of the page: it sends whoever is not signed in to the login, which leads back to it. */
const screen = (path: string): Route => ({
  who: 'public',
  at: { id: () => nothing, part: () => nothing },
  refuses: ['', 'status=failed&text=%26%23'].map((query) => ({
    what: `nobody, with the query "${query}"`,
    query,
    status: 303,
    says: `/login?next=${encodeURIComponent(`${inUrl(path)}?${query}`)}`,
  })),
});
/** One document is behind them all. */
export const screens: readonly string[] = [
  '/',
  '/inbox',
  '/inbox/{id}',
  '/history',
  '/history/{id}',
  '/sources',
  '/automations',
  '/automations/{id}',
  '/sessions',
  '/sessions/{id}',
  '/settings',
  '/settings/{part}',
  '/device',
];

const noCursor = [
  query('after=yesterday', '/after', 'not a cursor of an event'),
  query('after=', '/after', 'not a cursor of an event'),
  query('after=e1-0&after=e1-1', '/after', 'Invalid input: expected string, received array'),
  query('surplus=1', '', unknownKey),
];
const noUpgrade: Refusal = {
  what: 'what asks for no upgrade',
  status: 400,
  code: 'invalid_request',
  says: 'This is a WebSocket: ask for an upgrade. `GET /v1/invocations` answers over plain HTTP.',
};

/** The routes that OpenAPI does not mention: WebSockets, pages, and what better-auth answers. */
export const hiddenRoutes: Readonly<Record<string, Route>> = {
  'GET /v1/sessions/{sessionId}/events': {
    who: 'reader',
    scope: 'read',
    at: { sessionId: (world) => world.session.id },
    gone: { sessionId: 'session' },
    invalid: noCursor,
    refuses: [noUpgrade],
  },
  'GET /v1/events': {
    who: 'user',
    scope: 'read',
    listsNothing: true,
    invalid: noCursor,
    refuses: [noUpgrade],
  },
  'GET /openapi.json': { who: 'public' },
  'GET /page.css': { who: 'public' },
  ...Object.fromEntries(screens.map((path) => [`GET ${path}`, screen(path)])),
  'GET /assets/{name}': {
    who: 'public',
    at: { name: () => 'passkey.js' },
    refuses: [
      {
        what: 'a file that is not there',
        params: { name: 'nothing.js' },
        status: 404,
        code: 'not_found',
        says: 'There is nothing at GET /assets/nothing.js. /openapi.json lists what there is.',
      },
    ],
  },
  'GET /login': {
    who: 'public',
    invalid: [
      {
        part: 'querystring',
        query: `token=${'x'.repeat(201)}`,
        path: '/token',
        says: 'Too big: expected string to have <=200 characters',
      },
    ],
    refuses: [{ what: 'an unknown link', query: 'token=x', status: 410, says: loginOver }],
  },
  'POST /login': {
    who: 'public',
    refuses: [
      ...fromElsewhere({ token: 'x' }),
      { what: 'an unknown link', form: { token: 'x' }, status: 410, says: loginOver },
      {
        what: 'a wrong password',
        form: { email: 'owner@assent.local', password: 'guessed it' },
        status: 401,
        says: 'This address and password do not go together.',
      },
    ],
  },
  'GET /invite': {
    who: 'public',
    refuses: [
      { what: 'an unknown link', query: 'token=x', status: 410, says: invitationOver },
      { what: 'no link', status: 410, says: invitationOver },
    ],
  },
  'POST /invite': {
    who: 'public',
    refuses: [
      ...fromElsewhere({ token: 'x', password: 'long enough' }),
      {
        what: 'an unknown link',
        form: { token: 'x', password: 'long enough' },
        status: 410,
        says: invitationOver,
      },
    ],
  },
  'POST /login/oidc': {
    who: 'public',
    refuses: [
      ...fromElsewhere({}),
      { what: 'what is not configured', form: {}, status: 404, says: noSignOn },
    ],
  },
  'GET /login/oidc/connect': {
    who: 'public',
    refuses: [{ what: 'what is not configured', status: 404, says: noSignOn }],
  },
  'POST /login/oidc/connect': {
    who: 'public',
    refuses: [
      ...fromElsewhere({}),
      { what: 'what is not configured', form: {}, status: 404, says: noSignOn },
    ],
  },
  'GET /v1/auth/callback/oidc': {
    who: 'public',
    refuses: [{ what: 'what is not configured', status: 404, says: noSignOn }],
  },
  'POST /v1/auth/sign-out': { who: 'public', refuses: [fromAnotherSite({})] },
  'GET /v1/auth/passkey/generate-register-options': { who: 'public', refuses: [signedOut] },
  'POST /v1/auth/passkey/verify-registration': {
    who: 'public',
    refuses: [
      noResponse,
      { ...signedOut, body: { ...made, name: 'phone' } },
      {
        what: 'a name with control characters',
        body: { ...made, name: 'a\u0000b' },
        status: 400,
        code: 'invalid_request',
        says: 'The body is not valid at /name: a name holds no control characters.',
      },
      fromAnotherSite({ ...made, name: 'phone' }),
    ],
  },
  'GET /v1/auth/passkey/generate-authenticate-options': { who: 'public' },
  'POST /v1/auth/passkey/verify-authentication': {
    who: 'public',
    refuses: [noResponse, begunNever, fromAnotherSite(made)],
  },
  'POST /v1/auth/passkey/confirm': {
    who: 'public',
    refuses: [noResponse, { ...signedOut, body: made }, fromAnotherSite(made)],
  },
  'POST /v1/auth/passkey/delete-passkey': {
    who: 'public',
    refuses: [
      without('id', 'Invalid input: expected string, received undefined'),
      { ...signedOut, body: { id: nothing } },
      fromAnotherSite({ id: nothing }),
    ],
  },
};
