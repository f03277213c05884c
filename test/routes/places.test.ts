import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, startGateway } from '../support/gateway.ts';
import { poll } from '../support/poll.ts';
import { scriptedSource } from '../support/scripted-source.ts';

const limits = { catalogsPerCaller: 2, catalogsPerGateway: 3, waitsPerCaller: 2, waitsPerGateway: 3 };
const tooMany = '2 lists of actions of yours are under way already. Read their answers, and ask again.';
const tooManyInAll = '3 lists of actions are being read from this gateway already. Ask again in a moment.';
const tooManyWait =
  '2 requests of yours wait for an invocation already. Let one end, or ask without wait, or follow the events.';
const tooManyWaitInAll =
  '3 requests wait for invocations on this gateway already. Ask without wait, or try later.';

test('lists of actions have places for each caller and in all, and give them back', async (t) => {
  const source = scriptedSource();
  const gateway = await startGateway(t, { limits, sourceKinds: [source.kind] });
  const [ann, bob, cid] = [await gateway.session(), await gateway.session(), await gateway.session()];
  const path = ({ id }: { readonly id: string }) => `/v1/sessions/${id}/actions/available`;
  const { promise: go, resolve: letGo } = Promise.withResolvers<void>();
  source.beforeListing = () => go;
  const listed = (count: number) => poll('lists under way', async () => source.listings.length === count);
  const first = [gateway.call('GET', path(ann), ann), gateway.call('GET', path(ann), ann)];
  await listed(2);
  const refused = await gateway.call('GET', path(ann), ann);
  assertRefused(refused, 429, 'rate_limited', tooMany);
  assert.equal(refused.headers.get('retry-after'), '1');
  const guide = await gateway.call('GET', `/v1/sessions/${ann.id}/actions/guide/x`, ann);
  assertRefused(guide, 429, 'rate_limited', tooMany);
  first.push(gateway.call('GET', path(bob), bob));
  await listed(3);
  assertRefused(await gateway.call('GET', path(cid), cid), 503, 'unavailable', tooManyInAll);
  letGo();
  for (const { status } of await Promise.all(first)) assert.equal(status, 200);
  await poll('a place', async () => (await gateway.call('GET', path(ann), ann)).status === 200);
});

test('requests that wait have places too; one that does not wait needs none', async (t) => {
  const source = scriptedSource();
  const gateway = await startGateway(t, { limits, sourceKinds: [source.kind] });
  const leaving = new AbortController();
  const waitAs = async () => {
    const session = await gateway.session();
    const { id } = (await session.invoke('change', { text: 'x' })).body.invocation;
    return { ...session, path: `/v1/sessions/${session.id}/actions/invocations/${id}` };
  };
  const [ann, bob, cid] = [await waitAs(), await waitAs(), await waitAs()];
  type Waiter = typeof ann;
  const headers = ({ token }: Waiter) => ({ authorization: `Bearer ${token}` });
  const left: Promise<void>[] = [];
  const wait = (who: Waiter) =>
    left.push(
      assert.rejects(
        fetch(`${gateway.address}${who.path}?wait=60`, { headers: headers(who), signal: leaving.signal }),
      ),
    );
  const refusedTo = async (who: Waiter, status: number) => {
    const answers: Awaited<ReturnType<typeof gateway.call>>[] = [];
    await poll('all places to be taken', async () => {
      answers.push(await gateway.call('GET', `${who.path}?wait=1`, who));
      return answers.at(-1)?.status === status;
    });
    return answers.at(-1) ?? assert.fail('there is an answer');
  };
  wait(ann);
  wait(ann);
  assertRefused(await refusedTo(ann, 429), 429, 'rate_limited', tooManyWait);
  assert.equal((await gateway.call('GET', ann.path, ann)).status, 200);
  wait(bob);
  assertRefused(await refusedTo(cid, 503), 503, 'unavailable', tooManyWaitInAll);
  leaving.abort();
  await Promise.all(left);
  await poll('a place', async () => (await gateway.call('GET', `${ann.path}?wait=1`, ann)).status === 200);
});

test('whole results have places, whether they were waited for or asked for again, and give them back', async (t) => {
  const source = scriptedSource();
  const ask = async (resultsPerCaller: number) => {
    const gateway = await startGateway(t, { limits: { resultsPerCaller }, sourceKinds: [source.kind] });
    const session = await gateway.session();
    const { id } = (await session.invoke('look', { text: 'x' })).body.invocation;
    const path = `/v1/sessions/${session.id}/actions/invocations/${id}`;
    return (more: string) => gateway.call('GET', path + more, session);
  };
  const some = await ask(1);
  for (const more of ['/result', '?wait=1', '/result', '?wait=1', ''])
    await poll(`a place for ${more}`, async () => (await some(more)).status === 200);
  const none = await ask(0);
  const full = '0 results of yours are under way already. Read their answers, and ask again.';
  for (const more of ['/result', '?wait=1']) assertRefused(await none(more), 429, 'rate_limited', full);
  assert.equal((await none('')).status, 200);
});
