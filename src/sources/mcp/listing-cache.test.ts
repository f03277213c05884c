import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { answerHandshake, type McpPeer, startMcpPeer, startRawPeer } from '../../../test/peers/mcp.ts';
import { at, connectorFor, contextWith, failureOf, openOptions } from '../../../test/peers/mcp-client.ts';
import type { ActionSource, SourceContext } from '../action-source.ts';
import { ExpiringMap } from './expiring-map.ts';
import { type McpOptions, mcpSources } from './mcp-sources.ts';

interface Stage {
  readonly peer: McpPeer;
  readonly source: (version?: number, id?: string) => ActionSource;
  readonly time: { now: number };
}

async function stage(t: TestContext, options: Partial<McpOptions> = {}): Promise<Stage> {
  const peer = await startMcpPeer();
  t.after(() => peer.close());
  const time = { now: 0 };
  const sources = mcpSources({ ...openOptions, clock: () => time.now, ...options });
  return {
    peer,
    time,
    source: (version = 1, id = 'c1') => sources(connectorFor(at(peer.url), { version, id })),
  };
}

function session(sessionId: string | null, signal?: AbortSignal): SourceContext {
  return contextWith({}, signal === undefined ? { sessionId } : { sessionId, signal });
}

test('a list is kept for a session, five minutes', async (t) => {
  const { peer, source, time } = await stage(t);
  for (const now of [0, 1, 299_999]) {
    time.now = now;
    assert.equal((await source().listActions(session('s1'))).length, 2);
  }
  assert.equal(peer.state.lists, 1);
  time.now = 300_000;
  await source().listActions(session('s1'));
  assert.equal(peer.state.lists, 2);
});

test('another session, connector or configuration has a list of its own; no session has none', async (t) => {
  const { peer, source } = await stage(t);
  await source().listActions(session('s1'));
  await source().listActions(session('s2'));
  await source(2).listActions(session('s1'));
  await source(1, 'c2').listActions(session('s1'));
  await source().listActions(session(null));
  await source().listActions(session(null));
  assert.equal(peer.state.lists, 6);
  await source().listActions(session('s1'));
  assert.equal(peer.state.lists, 6);
});

test('those who ask at the same time share one flight, until the last of them leaves', async (t) => {
  const { peer, source } = await stage(t);
  const gate = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  peer.state.onList = () => {
    arrived.resolve();
    return gate.promise;
  };
  const hasty = new AbortController();
  const left = source().listActions(session('s1', hasty.signal));
  const stayed = [1, 2, 3].map(() => source().listActions(session('s1')));
  await arrived.promise;
  hasty.abort();
  assert.equal(
    await failureOf(left),
    'source_unavailable: The gateway stopped waiting for the list of tools.',
  );
  gate.resolve();
  for (const list of await Promise.all(stayed)) assert.equal(list.length, 2);
  assert.equal(peer.state.lists, 1);
});

test('a flight that everyone has left is not joined', async (t) => {
  const { peer, source } = await stage(t);
  const arrived = Promise.withResolvers<void>();
  peer.state.onList = () => {
    arrived.resolve();
    return new Promise(() => undefined);
  };
  const hasty = new AbortController();
  const left = failureOf(source().listActions(session('s1', hasty.signal)));
  await arrived.promise;
  hasty.abort();
  assert.match(await left, /^source_unavailable: The gateway stopped waiting/);
  peer.state.onList = () => undefined;
  assert.equal((await source().listActions(session('s1'))).length, 2);
});

test('a server that is dead costs one deadline in ten seconds', async (t) => {
  let asked = 0;
  const peer = await startRawPeer((_request, response, body) => {
    if (answerHandshake(response, body)) return;
    asked += 1;
  });
  t.after(() => peer.close());
  const time = { now: 0 };
  const source = mcpSources({ ...openOptions, clock: () => time.now, listMs: 100 })(
    connectorFor(at(peer.url)),
  );
  for (const now of [0, 1, 9999]) {
    time.now = now;
    assert.match(
      await failureOf(source.listActions(session('s1'))),
      /^source_unavailable: .* did not answer within 0\.1 s/,
    );
  }
  assert.equal(asked, 1);
  time.now = 10_000;
  await failureOf(source.listActions(session('s1')));
  assert.equal(asked, 2);
});

test('a failure that comes at once is not kept', async (t) => {
  const { peer, source } = await stage(t);
  peer.state.onList = () => {
    throw new Error('not now');
  };
  assert.match(await failureOf(source().listActions(session('s1'))), /^source_unavailable: .* refused: /);
  peer.state.onList = () => undefined;
  assert.equal((await source().listActions(session('s1'))).length, 2);
});

test('stale entries are swept out by use', () => {
  const time = { now: 0 };
  const map = new ExpiringMap<number>(() => time.now);
  for (let key = 0; key < 100; key += 1) map.set(`${key}`, key, 1000);
  assert.deepEqual([map.size, map.get('7')], [100, 7]);
  time.now = 1000;
  assert.equal(map.get('7'), undefined);
  time.now = 60_000;
  map.set('new', 1, 1000);
  assert.equal(map.size, 1);
});
