import {
  body,
  names,
  noName,
  notString,
  param,
  query,
  type Refusal,
  type Route,
  strict,
  unknownKey,
} from './route.ts';
import { nothing, type World } from './world.ts';

const ofSession = { sessionId: (world: World) => world.session.id };
const ofInvocation = { ...ofSession, id: (world: World) => world.invocation };
const goneSession = { sessionId: 'session' };
const goneInvocation = { ...goneSession, id: 'invocation in this session' };
const oneInvocation: Route = {
  who: 'user',
  scope: 'read',
  at: { id: ofInvocation.id },
  gone: { id: 'invocation' },
};

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

const historyFilters = [
  query('from=yesterday', '/from', 'Invalid ISO datetime'),
  query('to=2026-01-01', '/to', 'Invalid ISO datetime'),
  query('sessionId=abc', '/sessionId', 'Invalid UUID'),
  query(`sourceId=${'x'.repeat(201)}`, '/sourceId', 'Too big: expected string to have <=200 characters'),
  query('sourceId=%00', '/sourceId', 'a source id holds no control characters'),
];
const texts = [
  query('text=', '/text', 'Too small: expected string to have >=1 characters'),
  query(`text=${'x'.repeat(201)}`, '/text', 'Too big: expected string to have <=200 characters'),
  query('text=a%0Ab', '/text', 'a text to look for holds no control characters'),
  query('text=a&text=b', '/text', 'Invalid input: expected string, received array'),
];
const sessionOfNobody: Refusal = {
  what: 'the session of nobody',
  query: `sessionId=${nothing}`,
  status: 404,
  code: 'not_found',
  says: 'There is no such session.',
};

/** What agents do, and what becomes of it. */
export const agentRoutes: Readonly<Record<string, Route>> = {
  'GET /v1/sessions/{sessionId}/actions/available': {
    who: 'reader',
    scope: 'read',
    at: ofSession,
    gone: goneSession,
  },
  'GET /v1/sessions/{sessionId}/actions/guide/{sourceId}': {
    who: 'reader',
    scope: 'read',
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
    scope: 'read',
    at: ofSession,
    gone: goneSession,
    invalid: [...lists, query('sourceId=test', '', 'Unrecognized key: "sourceId"')],
  },
  'GET /v1/sessions/{sessionId}/actions/invocations/{id}': {
    who: 'reader',
    scope: 'read',
    at: ofInvocation,
    gone: goneInvocation,
    invalid: [
      query('wait=61', '/wait', 'Too big: expected number to be <=60'),
      query('wait=-1', '/wait', 'Too small: expected number to be >=0'),
      query('wait=abc', '/wait', noNumber),
      query('surplus=1', '', unknownKey),
    ],
  },
  'GET /v1/sessions/{sessionId}/actions/invocations/{id}/result': {
    who: 'reader',
    scope: 'read',
    at: ofInvocation,
    gone: goneInvocation,
    refuses: [
      {
        what: 'a person, whatever their role',
        status: 403,
        code: 'forbidden',
        says: 'The whole result is for the session that asked, and takes its token. The invocation itself holds the first 10 KiB of it.',
      },
    ],
  },
  'POST /v1/sessions/{sessionId}/actions/invocations/{id}/approve': {
    who: 'admin',
    scope: 'approve',
    at: ofInvocation,
    gone: goneInvocation,
    body: {},
    mayBeEmpty: true,
    invalid: strict({}),
  },
  'POST /v1/sessions/{sessionId}/actions/invocations/{id}/deny': {
    who: 'admin',
    scope: 'approve',
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
    scope: 'read',
    invalid: [...lists, ...historyFilters, ...texts],
    refuses: [sessionOfNobody],
  },
  'GET /v1/invocations/counts': {
    who: 'user',
    scope: 'read',
    invalid: [
      ...historyFilters,
      query('status=done', '/status', unknownStatus),
      query('buckets=0', '/buckets', 'Too small: expected number to be >=1'),
      query('buckets=121', '/buckets', 'Too big: expected number to be <=120'),
      query('buckets=1.5', '/buckets', 'Invalid input: expected int, received number'),
      query('limit=1', '', 'Unrecognized key: "limit"'),
      query(`cursor=${nothing}`, '', 'Unrecognized key: "cursor"'),
      query('text=x', '', 'Unrecognized key: "text"'),
    ],
    refuses: [
      sessionOfNobody,
      {
        what: 'a time that ends as it begins',
        query: 'from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
        status: 400,
        code: 'invalid_request',
        says: 'Nothing can be counted: `from` must be before `to`.',
      },
    ],
  },
  'POST /v1/invocations/{id}/reveal': {
    ...oneInvocation,
    who: 'admin',
    scope: 'approve',
    body: {},
    mayBeEmpty: true,
    invalid: strict({}),
  },
  'GET /v1/acts': {
    who: 'admin',
    scope: 'read',
    invalid: [
      query('limit=0', '/limit', 'Too small: expected number to be >=1'),
      query('cursor=abc', '/cursor', 'Invalid UUID'),
      query('invocationId=abc', '/invocationId', 'Invalid UUID'),
      query('kind=approve', '/kind', 'Invalid input: expected "reveal"'),
      query('surplus=1', '', unknownKey),
    ],
  },
  'GET /v1/invocations/export': {
    who: 'user',
    scope: 'read',
    invalid: [
      ...historyFilters,
      ...texts,
      query('status=done', '/status', unknownStatus),
      query('limit=1', '', 'Unrecognized key: "limit"'),
      query(`cursor=${nothing}`, '', 'Unrecognized key: "cursor"'),
    ],
    refuses: [sessionOfNobody],
  },
  'GET /v1/invocations/{id}': oneInvocation,
  'GET /v1/invocations/{id}/context': oneInvocation,
  'GET /v1/invocations/{id}/action': oneInvocation,
  'GET /v1/invocations/{id}/params': { ...oneInvocation, who: 'admin', scope: 'read' },

  'POST /v1/events/tickets': { who: 'reader', scope: 'read' },

  'GET /v1/sessions': { who: 'user', scope: 'read' },
  'POST /v1/sessions': {
    who: 'user',
    scope: 'ask',
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
  'GET /v1/sessions/{id}': {
    who: 'user',
    scope: 'read',
    at: { id: ofSession.sessionId },
    gone: { id: 'session' },
  },
  'DELETE /v1/sessions/{id}': {
    who: 'user',
    scope: 'ask',
    at: { id: ofSession.sessionId },
    gone: { id: 'session of yours' },
  },
};
