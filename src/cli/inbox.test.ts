import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oddTexts } from '../../test/support/odd-texts.ts';
import { visible } from '../shared/odd-characters.ts';
import { fakeGateway, refusal } from './fixtures/fake-gateway.ts';
import { completed, connector, pending } from './fixtures/recorded.ts';
import { personAt, runCli } from './fixtures/run-cli.ts';

const shortened = { ...pending, params: { _truncated: true, _originalSize: 20_000, path: '/tmp/n…' } };
const one = `GET /v1/invocations/${pending.id}`;
const routes = {
  'GET /v1/acts': () => [200, { acts: [], nextCursor: null }] as const,
  'GET /v1/connectors': () => [200, { connectors: [connector] }] as const,
  'GET /v1/invocations': () => [200, { invocations: [shortened], nextCursor: null }] as const,
  [one]: () => [200, { invocation: shortened }] as const,
  [`${one}/params`]: () => [200, { params: {}, shown: ['{}'] }] as const,
};

const hides = (shown: unknown[]) => ({
  ...routes,
  [`${one}/params`]: () => [200, { params: {}, shown }] as const,
});

test('what waits is shown whole, in the list too, whatever the record holds', async (t) => {
  const whole = { path: '/tmp/new', content: 'The last line of all.' };
  const answer = () => [200, { params: whole, shown: [JSON.stringify(whole)] }] as const;
  const { url } = await fakeGateway(t, { ...routes, [`${one}/params`]: answer });
  for (const args of [['inbox'], ['inbox', 'show', pending.id], ['history', 'show', pending.id]]) {
    const { stdout } = await runCli(args, personAt(url));
    assert.match(stdout, /"content": "The last line of all\."/);
    assert.doesNotMatch(stdout, /shortened|_truncated|hidden/);
  }
  const json = await runCli(['inbox', 'show', pending.id, '--json'], personAt(url));
  assert.deepEqual(JSON.parse(json.stdout).invocation.params, whole);
  assert.deepEqual(JSON.parse(json.stdout).shown, [JSON.stringify(whole)]);
});

test('what is hidden is counted where it stands, and nothing else can say that it is', async (t) => {
  const shown = [
    '{"',
    { hidden: 20 },
    '":{"cmd":"rm -rf /"},"',
    { hidden: 1 },
    '":"ok","a":"‹redacted: 40 characters› [redacted]"}',
  ];
  const { url } = await fakeGateway(t, hides(shown));
  for (const args of [['inbox'], ['inbox', 'show', pending.id]]) {
    const { stdout } = await runCli(args, personAt(url));
    const block = stdout.slice(stdout.indexOf('  params\n'));
    assert.match(
      block,
      /^ {6}"‹redacted: 20 characters›": \{\n {8}"cmd": "rm -rf \/"\n {6}\},\n {6}"‹redacted: 1 character›": "ok",\n {6}"a": "‹U\+2039›redacted: 40 characters› \[redacted\]"\n/m,
    );
    const how = `21 characters hidden, in 2 places; all of it, on record: assent inbox reveal ${pending.id}`;
    assert.ok(block.includes(how), block);
  }
});

test('what hides, turns or imitates is seen in what waits, and in a name', async (t) => {
  const all = oddTexts.map(({ text }) => text);
  const name = all.map((text) => `[${text}]`).join('');
  const { url } = await fakeGateway(t, {
    ...hides([JSON.stringify(all)]),
    'GET /v1/connectors': () => [200, { connectors: [{ ...connector, name }] }],
  });
  const { stdout } = await runCli(['inbox', 'show', pending.id], personAt(url));
  for (const { text, shown } of oddTexts) {
    assert.ok(stdout.includes(`[${shown}]`), shown);
    // Controls are escaped in JSON already.
    const inJson = visible(JSON.stringify(text));
    assert.ok(stdout.includes(`      ${inJson}`), inJson);
  }
});

test('a letter of another script is marked in a name', async (t) => {
  const { url } = await fakeGateway(t, {
    ...routes,
    'GET /v1/connectors': () => [200, { connectors: [{ ...connector, name: 'pаypal' }] }],
  });
  const { stdout } = await runCli(['inbox', 'show', pending.id], personAt(url));
  assert.match(stdout, /^pаypal‹Latin \+ Cyrillic›:/);
});

const act = {
  id: pending.id,
  kind: 'reveal',
  by: { id: 'u1', name: 'Ann' },
  credential: { kind: 'user_token', id: 't1' },
  subject: { kind: 'invocation', id: pending.id },
  before: null,
  after: null,
  at: '2026-11-28T20:00:00.000Z',
};

test('a reveal prints what would run as it is, and says that it is on record', async (t) => {
  const params = '{"n":1,"a":"x\u202e ‹y›"}';
  const { url } = await fakeGateway(t, {
    ...routes,
    [`POST /v1/invocations/${pending.id}/reveal`]: () => [200, { params, act }],
  });
  const { code, stdout, stderr } = await runCli(['inbox', 'reveal', pending.id], personAt(url));
  assert.deepEqual([code, stdout], [0, '{"n":1,"a":"x\\u202e \\u2039y›"}\n']);
  assert.deepEqual(JSON.parse(stdout), JSON.parse(params));
  assert.match(stderr, /on record/);
  const json = await runCli(['inbox', 'reveal', pending.id, '--json'], personAt(url));
  assert.deepEqual(JSON.parse(json.stdout), { params, act });
});

test('who looked at what was hidden is shown', async (t) => {
  const acts = () => [200, { acts: [act], nextCursor: null }] as const;
  const { url } = await fakeGateway(t, { ...routes, 'GET /v1/acts': acts });
  for (const noun of ['inbox', 'history']) {
    const { stdout } = await runCli([noun, 'show', pending.id], personAt(url));
    assert.match(stdout, /^ {2}Revealed by Ann at .+\d/m);
  }
});

test('what is on record is listed, page by page up to the limit', async (t) => {
  let pages = 0;
  const page = () => [200, { acts: [act], nextCursor: ++pages % 2 === 1 ? 'next' : null }] as const;
  const { url, log } = await fakeGateway(t, { ...routes, 'GET /v1/acts': page });
  const { code, stdout } = await runCli(['acts', '--invocation', pending.id], personAt(url));
  assert.equal(code, 0);
  assert.match(stdout, /^WHEN +WHAT +WHO +BY +ABOUT\n.+ reveal +Ann +token +invocation /);
  assert.equal(stdout.trim().split('\n').length, 3);
  assert.deepEqual(log, [
    `GET /v1/acts?invocationId=${pending.id}&limit=50`,
    `GET /v1/acts?invocationId=${pending.id}&limit=49&cursor=next`,
  ]);
  const json = await runCli(['acts', '--limit', '1', '--json'], personAt(url));
  assert.deepEqual(JSON.parse(json.stdout), { acts: [act], nextCursor: 'next' });
});

test('a result that is shortened says who can have all of it', async (t) => {
  const ended = { ...completed, result: shortened.params };
  const { url } = await fakeGateway(t, { ...routes, [one]: () => [200, { invocation: ended }] as const });
  const { stdout } = await runCli(['inbox', 'show', pending.id], personAt(url));
  const says = `  shortened here; for 24 hours the agent can have all of it: assent actions result ${pending.id}\n`;
  assert.ok(stdout.endsWith(says), stdout);
});

test('who may not decide sees what is on record', async (t) => {
  const answer = [403, refusal('forbidden', 'This takes the role owner or admin.')] as const;
  const { url } = await fakeGateway(t, {
    ...routes,
    [`${one}/params`]: () => answer,
    'GET /v1/acts': () => answer,
  });
  const { code, stdout } = await runCli(['inbox', 'show', pending.id], personAt(url));
  assert.equal(code, 0);
  assert.match(stdout, /_truncated.*\n[\s\S]*shortened here/);
});

test('what differs from what was asked for is listed', async (t) => {
  const error = { code: 'changed', message: 'It has changed.', differs: ['risk', 'session'] };
  const decision = `POST /v1/sessions/${pending.sessionId}/actions/invocations/${pending.id}/approve`;
  const { url } = await fakeGateway(t, { ...routes, [decision]: () => [409, { error }] });
  const { code, stdout, stderr } = await runCli(['inbox', 'approve', pending.id, '--json'], personAt(url));
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(stdout), { error });
  assert.equal(
    stderr,
    'assent: It has changed.\n  Its risk: it is another than when it was asked for.\n  Its session: it has ended.\n',
  );
});
