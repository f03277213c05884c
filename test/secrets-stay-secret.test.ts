import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { pino } from 'pino';
import type { JsonObject } from '../src/lib/json.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';
import { scriptedSource } from './support/scripted-source.ts';

/** Characters of every kind that an encoding treats in its own way. */
const characters = Array.from('abcXYZ019+/=&?%"\\\' <>é漢😀_-');
const secretText = fc
  .string({ unit: fc.constantFrom(...characters), minLength: 8, maxLength: 40 })
  .filter((text) => text.length >= 8 && text.trim() === text && !'[redacted]'.includes(text));

test('no credential that a source was handed reaches an answer, the log, or the database', async (t) => {
  const logged: string[] = [];
  const source = scriptedSource();
  const dataDir = scratchFolder(t);
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const gateway = await startGateway(
    t,
    { sourceKinds: [source.kind], log },
    { dataDir, limits: { invokesPerWindow: 100_000 } },
  );
  const owner = { token: gateway.ownerToken };
  const session = await gateway.session();
  const answered: string[] = [];
  const secrets: string[] = [];

  await fc.assert(
    fc.asyncProperty(secretText, fc.boolean(), async (secret, fails) => {
      secrets.push(secret);
      const put = await gateway.call('PUT', '/v1/secrets/KEY', { ...owner, body: { value: secret } });
      assert.equal(put.status, 200, JSON.stringify(put.body));
      source.answer = async (_params, context) => {
        const value = (await context.credential('KEY')).reveal();
        if (fails)
          throw new Error(
            `401 for Authorization: Basic ${Buffer.from(`me:${value}`).toString('base64')}, ${value}`,
          );
        return { [value]: [value, { url: `https://example.com/?key=${encodeURIComponent(value)}` }], value };
      };
      const answer = await session.invoke('look');
      assert.equal(answer.status, fails ? 502 : 200);
      answered.push(JSON.stringify([put.body, answer.body]));
    }),
    { numRuns: 60 },
  );
  const { body } = await gateway.call('GET', '/v1/invocations?limit=200', owner);
  answered.push(JSON.stringify(body));
  await gateway.stop();

  const stored = readdirSync(dataDir)
    .filter((name) => name.startsWith('assent.db'))
    .map((name) => readFileSync(join(dataDir, name), 'utf8'));
  const places: Readonly<Record<string, string>> = {
    answers: answered.join('\n'),
    log: logged.join(''),
    database: stored.join(''),
  };
  for (const [place, text] of Object.entries(places)) {
    assert.ok(text.length > 0, `there is something to look at in the ${place}`);
    for (const secret of secrets) {
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
        assert.ok(!text.includes(form), `${JSON.stringify(secret)} in the ${place}`);
      }
    }
  }
});

test('the credential of a source that an agent sends itself is executed as it is, and stored nowhere', async (t) => {
  const secret = 'correct horse "battery" 漢';
  const source = scriptedSource();
  source.credentialKeys = ['KEY', 'UNSET'];
  const anything = { jsonSchema: {}, check: (params: JsonObject) => ({ ok: true, params }) as const };
  source.actions = source.actions.map((action) => ({ ...action, params: anything }));
  const dataDir = scratchFolder(t);
  const gateway = await startGateway(t, { sourceKinds: [source.kind] }, { dataDir });
  const owner = { token: gateway.ownerToken };
  await gateway.call('PUT', '/v1/secrets/KEY', { ...owner, body: { value: secret } });
  const session = await gateway.session();
  const inText = JSON.stringify({ deep: [secret, { [secret]: 1 }] });
  const params = { [secret]: `before ${secret} after`, inText, form: encodeURIComponent(secret) };
  source.answer = async (sent, context) => [(await context.credential('KEY')).reveal(), sent];
  const answered: unknown[] = [];
  for (const action of ['look', 'change', 'destroy'])
    answered.push((await session.invoke(action, params)).body);
  const { id } = (answered[1] as { invocation: { id: string } }).invocation;
  answered.push((await gateway.call('GET', `/v1/invocations/${id}/params`, owner)).body);
  const path = `/v1/sessions/${session.id}/actions/invocations/${id}`;
  answered.push((await gateway.call('POST', `${path}/approve`, owner)).body);
  assert.deepEqual(
    source.calls.map((call) => call.params),
    [params, params],
    'what runs is exactly what was asked for',
  );
  answered.push((await gateway.call('GET', '/v1/invocations', owner)).body);

  const waiting = (await session.invoke('change')).body.invocation.id;
  const deny = `/v1/sessions/${session.id}/actions/invocations/${waiting}/deny`;
  answered.push((await gateway.call('POST', deny, { ...owner, body: { reason: `not ${secret}` } })).body);
  const key = await session.invoke('look', {}, { 'idempotency-key': encodeURIComponent(secret) });
  assertRefused(key, 400, 'invalid_request', /^The Idempotency-Key holds a credential/);
  await gateway.stop();

  const stored = readdirSync(dataDir)
    .filter((name) => name.startsWith('assent.db'))
    .map((name) => readFileSync(join(dataDir, name), 'utf8'));
  for (const text of [JSON.stringify(answered), stored.join('')]) {
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
      assert.ok(!text.includes(form), form);
  }
});

test('an agent that sends the token of a provider does not have it stored', async (t) => {
  const token = 'correct-horse-battery-staple';
  const gateway = await startGateway(t);
  const body = { token };
  await gateway.call('PUT', '/v1/integrations/linear', { token: gateway.ownerToken, body });
  const session = await gateway.session();
  const asked = await gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
    token: session.token,
    body: { sourceId: 'linear', actionId: 'create_issue', params: { team: 'ENG', title: `is it ${token}?` } },
  });
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  assert.deepEqual(asked.body.invocation.params, { team: 'ENG', title: 'is it [redacted]?' });
});
