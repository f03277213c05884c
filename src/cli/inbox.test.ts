import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeGateway, refusal } from './fixtures/fake-gateway.ts';
import { completed, connector, pending } from './fixtures/recorded.ts';
import { personAt, runCli } from './fixtures/run-cli.ts';

const shortened = { ...pending, params: { _truncated: true, _originalSize: 20_000, path: '/tmp/n…' } };
const one = `GET /v1/invocations/${pending.id}`;
const routes = {
  'GET /v1/connectors': () => [200, { connectors: [connector] }] as const,
  'GET /v1/invocations': () => [200, { invocations: [shortened], nextCursor: null }] as const,
  [one]: () => [200, { invocation: shortened }] as const,
};

test('a list says where params are shortened, and show has all of them', async (t) => {
  const whole = { path: '/tmp/new', content: 'The last line of all.' };
  const { url } = await fakeGateway(t, { ...routes, [`${one}/params`]: () => [200, { params: whole }] });
  const list = await runCli(['inbox'], personAt(url));
  assert.match(list.stdout, new RegExp(`shortened here; all of it: assent inbox show ${pending.id}`));
  const shown = await runCli(['inbox', 'show', pending.id], personAt(url));
  assert.match(shown.stdout, /The last line of all\./);
  assert.doesNotMatch(shown.stdout, /shortened|_truncated/);
  const json = await runCli(['inbox', 'show', pending.id, '--json'], personAt(url));
  assert.deepEqual(JSON.parse(json.stdout).invocation.params, whole);
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
  const { url } = await fakeGateway(t, { ...routes, [`${one}/params`]: () => answer });
  const { code, stdout } = await runCli(['inbox', 'show', pending.id], personAt(url));
  assert.equal(code, 0);
  assert.match(stdout, /_truncated.*\n[\s\S]*shortened here/);
});
