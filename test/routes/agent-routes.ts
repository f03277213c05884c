import { body, names, noName, notString, param, query, type Route, strict, unknownKey } from './route.ts';
import { nothing, type World } from './world.ts';

const ofSession = { sessionId: (world: World) => world.session.id };
const ofInvocation = { ...ofSession, id: (world: World) => world.invocation };
const goneSession = { sessionId: 'session' };
const goneInvocation = { ...goneSession, id: 'invocation in this session' };

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

/** What agents do, and what becomes of it. */
export const agentRoutes: Readonly<Record<string, Route>> = {
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
        says: 'Denied by policy (inferred_default).',
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
  'GET /v1/invocations/{id}': {
    who: 'user',
    at: { id: (world: World) => world.invocation },
    gone: { id: 'invocation' },
  },

  'POST /v1/events/tickets': { who: 'reader' },

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
};
