// What was done is told apart from what could be shown of it: in the row, over HTTP, to those who ask again, and on the command line.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import * as fc from 'fast-check';
import { connectorSources } from '../src/gateway/actions/connector-source.ts';
import { openOptions } from './peers/mcp-client.ts';
import { asEvent, asJson, resultText, startRawMcpPeer } from './peers/mcp-raw.ts';
import { engines } from './support/databases.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { SaidFailed, scriptedSource } from './support/scripted-source.ts';

const secret = 'correct-horse-battery';
const unshowable = {
  _withheld: 'The source answered, with something that cannot be redacted and is not shown.',
};

function cycle(): unknown {
  const list: unknown[] = [];
  list.push(list, list);
  return list;
}

function nested(levels: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < levels; level += 1) value = [value];
  return value;
}

for (const engine of engines) {
  describe(`what a source answered, on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: TestContext) {
      const source = scriptedSource();
      const gateway = await startGateway(t, { sourceKinds: [source.kind] }, {}, engine);
      const session = await gateway.session();
      const owner = { token: gateway.ownerToken };
      const path = (id: string, more = '') => `/v1/sessions/${session.id}/actions/invocations/${id}${more}`;
      return { source, gateway, session, owner, path };
    }

    test('what cannot be shown was done all the same', async (t) => {
      const { source, session } = await set(t);
      const answers: readonly unknown[] = [
        { big: 1n },
        cycle(),
        nested(100_000),
        { toJSON: () => assert.fail('no') },
        Object.defineProperty({}, 'x', { enumerable: true, get: () => assert.fail('no') }),
      ];
      for (const answer of answers) {
        source.answer = async () => answer;
        const { status, body } = await session.invoke('look');
        assert.deepEqual([status, body.invocation.status, body.result], [200, 'completed', unshowable]);
        assert.deepEqual([body.invocation.result, body.invocation.error], [unshowable, null]);
        source.answer = async () => new SaidFailed(answer, 'It is full.');
        const failed = (await session.invoke('look')).body.invocation;
        assert.deepEqual([failed.status, failed.result, failed.error], ['failed', unshowable, 'It is full.']);
      }
      for (const answer of [undefined, null, '', 0, false, 'a\ud800b\0']) {
        source.answer = async () => answer;
        const { status, body } = await session.invoke('look');
        assert.deepEqual([status, body.invocation.status, body.result], [200, 'completed', answer ?? null]);
      }
      // JSON in a text is text: it stays as it is, however deep.
      const deep = '['.repeat(8000) + ']'.repeat(8000);
      source.answer = async () => deep;
      const { body } = await session.invoke('look');
      assert.equal(body.result, deep);
    });

    test('an answer that says that the action failed is handed on whole, redacted, by every way', async (t) => {
      const { source, session, gateway, owner, path } = await set(t);
      await gateway.call('PUT', '/v1/secrets/KEY', { ...owner, body: { value: secret } });
      source.answer = async (_params, context) => {
        const value = (await context.credential('KEY')).reveal();
        return new SaidFailed(
          { text: 'x'.repeat(50_000), link: value },
          `No disk for ${value} ${'.'.repeat(3000)}`,
        );
      };
      const asked = await session.invoke('look', {}, { 'idempotency-key': 'k' });
      assert.equal(asked.status, 200, JSON.stringify(asked.body).slice(0, 500));
      const { invocation, result } = asked.body;
      assert.deepEqual(result, { text: 'x'.repeat(50_000), link: '[redacted]' });
      assert.deepEqual([invocation.status, Reflect.get(invocation.result, '_truncated')], ['failed', true]);
      assert.match(invocation.error, /^No disk for \[redacted\] \.+…$/);

      const again = await session.invoke('look', {}, { 'idempotency-key': 'k' });
      assert.deepEqual([again.status, again.body.invocation], [200, invocation]);
      assert.deepEqual(again.body.result, result);
      const read = await gateway.call('GET', path(invocation.id, '?wait=5'), { token: session.token });
      assert.deepEqual(read.body, { invocation, result });

      const waiting = (await session.invoke('change')).body.invocation;
      const approved = await gateway.call('POST', path(waiting.id, '/approve'), owner);
      assert.deepEqual([approved.status, approved.body.invocation.status], [200, 'failed']);
      assert.deepEqual(approved.body.result, result);
      assert.equal(source.calls.length, 2);
    });

    test('what says nothing, and what breaks while it says why, still ends', async (t) => {
      const { source, session } = await set(t);
      source.answer = async () => new SaidFailed(null, 'It is full.');
      assertRefused(await session.invoke('look'), 502, 'action_failed', 'It is full.');
      source.answer = async () => new SaidFailed({ x: 1 }, Object.create({ toString: null }) as string);
      const { status, body } = await session.invoke('look');
      assert.deepEqual([status, body.invocation.status, body.result], [200, 'failed', { x: 1 }]);
      assert.equal(body.invocation.error, 'The source says that the action failed. Its result may say more.');
    });
  });
}

test('whatever an MCP server answers, the invocation ends as it says, and no secret comes back', async (t) => {
  const peer = await startRawMcpPeer();
  t.after(() => peer.close());
  const gateway = await startGateway(t, {
    sourceKinds: [connectorSources(openOptions)],
    limits: { invokesPerWindow: 1000 },
  });
  const owner = { token: gateway.ownerToken };
  await gateway.call('PUT', '/v1/secrets/KEY', { ...owner, body: { value: secret } });
  const auth = { type: 'bearer', secretKey: 'KEY' };
  const body = { name: 'raw', transport: { type: 'http', url: peer.url }, auth, defaultRisk: 'read' };
  const { connector } = (await gateway.call('POST', '/v1/connectors', { ...owner, body })).body;
  const session = await gateway.session();
  const invoke = () =>
    gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
      token: session.token,
      body: { sourceId: connector.sourceId, actionId: 'do' },
    });
  const member = fc.constantFrom('content', 'structuredContent', 'isError', '_meta', 'text', 'token', secret);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        null,
        true,
        false,
        secret,
        `["${secret}"]`,
        Buffer.from(secret).toString('base64'),
        0,
        1e300,
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(member, fc.string({ unit: 'binary' })), tie('value'), { maxKeys: 4 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, fc.constantFrom(asJson, asEvent), async (result, via) => {
      Object.assign(peer, { via, answer: resultText(JSON.stringify(result)) });
      const answer = await invoke();
      const isError =
        typeof result === 'object' && result !== null && 'isError' in result && result.isError === true;
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      const told = answer.body.invocation;
      assert.deepEqual([told.status, told.error !== null], isError ? ['failed', true] : ['completed', false]);
      const text = JSON.stringify(answer.body);
      assert.ok(!text.includes(secret) && !text.includes(Buffer.from(secret).toString('base64')), text);
    }),
    { numRuns: 60 },
  );
});
