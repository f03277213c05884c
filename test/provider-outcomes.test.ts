// What became of a change, by what the vendor answered: nothing was done, nobody knows, or it is done. It is sent once in any case.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault } from './peers/vendors/faults.ts';
import { isChange, type ProviderId, writes } from './support/provider-cases.ts';
import { setUpProvider } from './support/provider-gateway.ts';

type Outcome = 'nothing' | 'unknown' | 'done';
type Row = readonly [Outcome, Fault];

const says = (json: unknown, status = 200): Fault => ({ status, json });
const error = (code: string | null, more: object = {}) => ({
  errors: [{ message: 'no', ...(code !== null && { extensions: { code } }), ...more }],
});
const ofLinear = (code: string | null, more: object = {}) => says({ data: null, ...error(code, more) });

/** What no vendor says, or all. */
const common: readonly Row[] = [
  ['nothing', { rateLimit: 1 }],
  ['nothing', says({}, 401)],
  ['nothing', says({}, 403)],
  ...[500, 502, 503, 504, 520].map((status) => ['unknown', { status }] as const),
  ['unknown', says({}, 500)],
  ['unknown', { html: true }],
  ['unknown', { loseAnswer: true }],
  ['unknown', { resetConnection: true }],
  ['unknown', { redirectTo: 'http://169.254.169.254/' }],
  ['unknown', { status: 408 }],
  ['unknown', says({}, 409)],
  ['done', { hugeBytes: 5_000_000 }],
];

const table: Readonly<Record<ProviderId, readonly Row[]>> = {
  linear: [
    ...['INPUT_ERROR', 'FORBIDDEN', 'AUTHENTICATION_ERROR', 'RATELIMITED', 'FEATURE_NOT_ACCESSIBLE'].map(
      (code) => ['nothing', ofLinear(code)] as const,
    ),
    ['nothing', says(error('GRAPHQL_VALIDATION_FAILED'), 400)],
    ['nothing', says(error('RATELIMITED'), 400)],
    ['nothing', ofLinear('INPUT_ERROR', { path: ['commentCreate'] })],
    ['nothing', says({ data: { commentCreate: { success: false } } })],
    ...['INTERNAL_SERVER_ERROR', 'LOCK_TIMEOUT', 'SOMETHING_NEW', 'constructor', null].map(
      (code) => ['unknown', ofLinear(code)] as const,
    ),
    ['unknown', ofLinear('INPUT_ERROR', { path: ['commentCreate', 'comment', 'user'] })],
    ['unknown', says({ data: null, errors: 'no' })],
    ['unknown', says({ errors: [{ message: 'no', extensions: 7 }] })],
    ['unknown', says({ errors: [...error('INPUT_ERROR').errors, ...error('INTERNAL_SERVER_ERROR').errors] })],
    ['unknown', says({ data: { commentCreate: null }, ...error(null) })],
    ['done', says({ data: { commentCreate: { success: true } }, ...error('INTERNAL_SERVER_ERROR') })],
    ['done', says({ data: { commentCreate: { success: true, comment: 7 } } })],
  ],
  sentry: [
    ['nothing', says({ detail: 'no' }, 400)],
    ['nothing', says({ status: ['"x" is not a valid choice.'] }, 400)],
    ['nothing', says({ detail: 'no' }, 404)],
    ['done', says({}, 202)],
    ['done', says([])],
  ],
  slack: [
    ...[
      'is_archived',
      'msg_too_long',
      'invalid_auth',
      'missing_scope',
      'channel_not_found',
      'ratelimited',
    ].map((code) => ['nothing', says({ ok: false, error: code })] as const),
    ...[
      'fatal_error',
      'internal_error',
      'service_unavailable',
      'team_added_to_org',
      'something_new',
      'constructor',
    ].map((code) => ['unknown', says({ ok: false, error: code })] as const),
    ...[null, 7, '', 'With spaces'].map((code) => ['unknown', says({ ok: false, error: code })] as const),
    ['done', says({ ok: true })],
    ['done', says({ ok: true, ts: null, error: 'fatal_error' })],
  ],
};

for (const [name, rows] of Object.entries(table)) {
  // The keys of the table are the vendors.
  const id = name as ProviderId;
  test(`${id}: what became of a change`, async (t) => {
    const { vendor, invoke, mode } = await setUpProvider(t, id);
    await mode(writes[id][0], 'allow');
    for (const [outcome, fault] of [...common, ...rows]) {
      vendor.faults.clear();
      vendor.faults.add({ ...fault, when: isChange[id] });
      const before = vendor.requests.filter(isChange[id]).length;
      const { status, body } = await invoke(...writes[id]);
      const message = String(body.error?.message);
      const isOpen = message.endsWith('It may have been carried out: look there before trying again.');
      const seen = status === 200 ? 'done' : isOpen ? 'unknown' : 'nothing';
      assert.equal(seen, outcome, `${JSON.stringify(fault)}: ${JSON.stringify(body)}`);
      assert.equal(status, outcome === 'done' ? 200 : 502);
      assert.equal(vendor.requests.filter(isChange[id]).length, before + 1, 'it is sent once');
    }
  });
}

test('a read that is to wait longer than it may is told when to come back', async (t) => {
  const linear = await setUpProvider(t, 'linear');
  const headers = (ms: number) => ({
    'x-ratelimit-requests-remaining': '0',
    'x-ratelimit-requests-reset': `${Date.now() + ms}`,
  });
  linear.vendor.faults.add({ ...says(error('RATELIMITED'), 400), headers: headers(3_000_000) });
  const { body } = await linear.invoke('list_teams', {});
  assert.match(body.error.message, /^Linear has had enough requests for now\. Try again in \d+ min\.$/);
  const slack = await setUpProvider(t, 'slack');
  const date = new Date(Date.now() + 60_000).toUTCString();
  slack.vendor.faults.add({ ...says({ ok: false }, 429), headers: { 'retry-after': date } });
  const told = await slack.invoke('list_channels', {});
  assert.match(told.body.error.message, /^Slack has had enough requests for now\. Try again in \d\d s\.$/);
  assert.equal(slack.vendor.requests.length, 1);
  const sentry = await setUpProvider(t, 'sentry');
  sentry.vendor.faults.add({ ...says({}, 429), headers: { 'retry-after': '-5' } }, 1);
  const again = await sentry.invoke('list_projects', { organization: 'example' });
  assert.equal(again.status, 200, 'what cannot be meant is passed over');
});
