import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { answerHandshake, type McpPeer, startMcpPeer, startRawPeer } from '../../../test/peers/mcp.ts';
import { at, connectorFor, contextWith, failureOf, openOptions } from '../../../test/peers/mcp-client.ts';
import { type ActionSource, type SourceContext, SourceError } from '../action-source.ts';
import type { Listing } from './list-tools.ts';
import { type McpOptions, mcpSources } from './mcp-sources.ts';
import { expiringCache, keepFor, SharedListings } from './shared-listings.ts';

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

test('those who ask at the same time share one call, until the last of them leaves', async (t) => {
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

test('a call that everyone has left is not joined', async (t) => {
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
  const source = mcpSources({ ...openOptions, clock: () => time.now, listMs: 2000 })(
    connectorFor(at(peer.url)),
  );
  for (const now of [0, 1, 9999]) {
    time.now = now;
    assert.match(
      await failureOf(source.listActions(session('s1'))),
      /^source_unavailable: .* did not answer within 2 s/,
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

const slow = new SourceError('source_unavailable', 'It took its whole time.');

/** Shared listings, and the calls that were begun through them, each to be ended by the test. */
function queueStage() {
  const listings = new SharedListings({ clock: () => 0, keepMs: 1000, isSlow: (error) => error === slow });
  const begun: { readonly landing: PromiseWithResolvers<Listing>; readonly signal: AbortSignal }[] = [];
  const ask = (
    configuration = 'k',
    signal = new AbortController().signal,
    sessionId: string | null = null,
  ): Promise<Listing> =>
    listings.get({ configuration, sessionId }, signal, (signal) => {
      const landing = Promise.withResolvers<Listing>();
      begun.push({ landing, signal });
      return landing.promise;
    });
  return { ask, begun, listings };
}

const listing = (instructions: string): Listing => ({ instructions, tools: new Map(), omitted: [] });
/** What is to come at once has come. */
const settled = () => new Promise(setImmediate);

test('one listing is under way; who asks meanwhile gets the next, which all of them share', async () => {
  const { ask, begun } = queueStage();
  const first = ask();
  await settled();
  const later = [ask(), ask(), ask()];
  await settled();
  assert.equal(begun.length, 1);
  begun[0]?.landing.resolve(listing('first'));
  assert.equal((await first).instructions, 'first');
  await settled();
  const latest = ask();
  await settled();
  assert.equal(begun.length, 2);
  begun[1]?.landing.resolve(listing('second'));
  for (const one of await Promise.all(later)) assert.equal(one.instructions, 'second');
  await settled();
  assert.equal(begun.length, 3);
  begun[2]?.landing.resolve(listing('third'));
  assert.equal((await latest).instructions, 'third');
});

test('listings of other keys do not wait', async () => {
  const { ask, begun } = queueStage();
  const both = [ask('a'), ask('b')];
  await settled();
  assert.equal(begun.length, 2);
  for (const { landing } of begun) landing.resolve(listing(''));
  await Promise.all(both);
});

test('a listing that fails at once is asked for again by who waited', async () => {
  const { ask, begun } = queueStage();
  const first = failureOf(ask());
  await settled();
  const second = ask();
  begun[0]?.landing.reject(new SourceError('source_unavailable', 'Not now.'));
  assert.equal(await first, 'source_unavailable: Not now.');
  await settled();
  begun[1]?.landing.resolve(listing('mended'));
  assert.equal((await second).instructions, 'mended');
});

test('who waited behind a server that took its whole time does not wait as long again', async () => {
  const { ask, begun } = queueStage();
  const first = failureOf(ask());
  await settled();
  const second = failureOf(ask());
  begun[0]?.landing.reject(slow);
  assert.deepEqual(await Promise.all([first, second]), Array(2).fill(`source_unavailable: ${slow.message}`));
  await settled();
  assert.equal(begun.length, 1);
  const third = ask();
  await settled();
  begun[1]?.landing.resolve(listing('awake'));
  assert.equal((await third).instructions, 'awake');
});

test('who leaves ends a listing that nobody else waits for, and the next begins when it has ended', async () => {
  const { ask, begun } = queueStage();
  const [leaving, alsoLeaving] = [new AbortController(), new AbortController()];
  const left = failureOf(ask('k', leaving.signal));
  await settled();
  const leftEarly = failureOf(ask('k', alsoLeaving.signal));
  alsoLeaving.abort();
  leaving.abort();
  const stopped = 'source_unavailable: The gateway stopped waiting for the list of tools.';
  assert.deepEqual(await Promise.all([left, leftEarly]), [stopped, stopped]);
  assert.equal(begun[0]?.signal.aborted, true);
  const stays = ask();
  await settled();
  assert.equal(begun.length, 1);
  begun[0]?.landing.reject(new SourceError('source_unavailable', 'stopped'));
  await settled();
  assert.equal(begun.length, 2);
  assert.equal(begun[1]?.signal.aborted, false);
  begun[1]?.landing.resolve(listing('mine'));
  assert.equal((await stays).instructions, 'mine');
  assert.equal(await failureOf(ask('k', leaving.signal)), stopped);
});

test('people and sessions, however many, cost a server two lists at the most when they ask at once', async (t) => {
  const peer = await startMcpPeer();
  t.after(() => peer.close());
  const source = mcpSources(openOptions)(connectorFor(at(peer.url)));
  const arrived = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  peer.state.onList = () => {
    arrived.resolve();
    return gate.promise;
  };
  const first = source.listActions(contextWith());
  await arrived.promise;
  const others = Array.from({ length: 50 }, (_, index) =>
    source.listActions(contextWith({}, { sessionId: index % 2 === 0 ? null : `s${index}` })),
  );
  gate.resolve();
  for (const actions of [await first, ...(await Promise.all(others))]) assert.equal(actions.length, 2);
  assert.equal(peer.state.lists, 2);
});

test('an approval is not decided by a list that was begun before it', async (t) => {
  const peer = await startMcpPeer();
  t.after(() => peer.close());
  const source = mcpSources(openOptions)(connectorFor(at(peer.url)));
  const arrived = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  peer.state.onList = () => {
    arrived.resolve();
    return gate.promise;
  };
  const looking = source.listActions(contextWith({}, { sessionId: 's1' }));
  await arrived.promise;
  const deciding = source.listActions(contextWith());
  const [tool] = peer.state.tools;
  gate.resolve();
  await looking;
  peer.state.tools = [tool];
  assert.equal((await deciding).length, 1);
});

test('stale entries are dropped by use', () => {
  const time = { now: 0 };
  const cache = expiringCache<{ key: number }>(
    () => time.now,
    1000,
    () => 1,
  );
  for (let key = 0; key < 100; key += 1) keepFor(cache, `${key}`, { key }, 1000);
  assert.deepEqual([cache.size, cache.get('7')], [100, { key: 7 }]);
  time.now = 999;
  assert.deepEqual(cache.get('8'), { key: 8 });
  time.now = 1000;
  assert.equal(cache.get('7'), undefined);
  keepFor(cache, 'new', { key: 1 }, 1000);
  assert.equal(cache.size, 1);
});

test('no more bytes are kept than the limit, and what was used last stays', async () => {
  const listings = new SharedListings({
    clock: () => 0,
    keepMs: 1000,
    isSlow: () => false,
    maxBytes: 25_000,
  });
  const get = (sessionId: string, instructions: string) =>
    listings.get({ configuration: 'k', sessionId }, new AbortController().signal, async () =>
      listing(instructions),
    );
  const held = () =>
    ['a', 'b', 'c', 'd'].filter((sessionId) => listings.peek({ configuration: 'k', sessionId }));
  for (const sessionId of ['a', 'b', 'c']) await get(sessionId, 'x'.repeat(5000));
  assert.deepEqual(held(), ['b', 'c']);
  await get('b', 'not asked');
  await get('d', 'x'.repeat(5000));
  assert.equal(listings.peek({ configuration: 'k', sessionId: 'd' })?.instructions.length, 5000);
  assert.equal((await get('a', 'x'.repeat(50_000))).instructions.length, 50_000);
  assert.equal(listings.peek({ configuration: 'k', sessionId: 'a' }), undefined);
});

test('a session that has left keeps no list of a call that others go on waiting for', async () => {
  const { ask, begun, listings } = queueStage();
  const hasty = new AbortController();
  const left = failureOf(ask('k', hasty.signal, 's1'));
  const stays = ask('k', undefined, 's2');
  await settled();
  hasty.abort();
  assert.match(await left, /stopped waiting/);
  assert.equal(begun[0]?.signal.aborted, false);
  const returned = ask('k', undefined, 's1');
  begun[0]?.landing.resolve(listing('first'));
  assert.equal((await stays).instructions, 'first');
  assert.equal(listings.peek({ configuration: 'k', sessionId: 's1' }), undefined);
  await settled();
  begun[1]?.landing.resolve(listing('second'));
  assert.equal((await returned).instructions, 'second');
  const keptFor = (sessionId: string) => listings.peek({ configuration: 'k', sessionId })?.instructions;
  assert.deepEqual([keptFor('s1'), keptFor('s2')], ['second', 'first']);
});
