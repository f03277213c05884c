import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startMcpPeer } from '../../../test/peers/mcp.ts';
import { at, connectorFor, contextWith, failureOf, openOptions } from '../../../test/peers/mcp-client.ts';
import { SourceError } from '../action-source.ts';
import type { Listing } from './list-tools.ts';
import { ListingQueue } from './listing-queue.ts';
import { mcpSources } from './mcp-sources.ts';

const slow = new SourceError('source_unavailable', 'It took its whole time.');

/** A queue, and what was begun through it, each to be ended by the test. */
function stage() {
  const queue = new ListingQueue((error) => error === slow);
  const begun: { readonly landing: PromiseWithResolvers<Listing>; readonly signal: AbortSignal }[] = [];
  const ask = (key = 'k', signal = new AbortController().signal) =>
    queue.ask(key, signal, (signal) => {
      const landing = Promise.withResolvers<Listing>();
      begun.push({ landing, signal });
      return landing.promise;
    });
  return { ask, begun };
}

const listing = (instructions: string): Listing => ({ instructions, tools: new Map(), omitted: [] });
/** What is to come at once has come. */
const settled = () => new Promise(setImmediate);

test('one listing is under way; who asks meanwhile gets the next, which all of them share', async () => {
  const { ask, begun } = stage();
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
  const { ask, begun } = stage();
  const both = [ask('a'), ask('b')];
  await settled();
  assert.equal(begun.length, 2);
  for (const { landing } of begun) landing.resolve(listing(''));
  await Promise.all(both);
});

test('a listing that fails at once is asked for again by who waited', async () => {
  const { ask, begun } = stage();
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
  const { ask, begun } = stage();
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
  const { ask, begun } = stage();
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
