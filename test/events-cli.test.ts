import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Client } from '../src/cli/client.ts';
import { openEvents } from '../src/cli/event-stream.ts';
import { followed } from '../src/cli/follow.ts';
import { pendingAgain } from '../src/cli/pending-feed.ts';
import { Secret } from '../src/lib/secret.ts';
import type { Cleanup } from './support/cleanup-stack.ts';
import { startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';
import { scriptedSource } from './support/scripted-source.ts';

const forever = 600_000;

async function set(t: Cleanup) {
  const gateway = await startGateway(t, { sourceKinds: [scriptedSource().kind] });
  const session = await gateway.session();
  const agent = {
    client: new Client(gateway.address, new Secret(session.token)),
    actions: `/v1/sessions/${session.id}/actions`,
    events: `/v1/sessions/${session.id}/events`,
  };
  const ask = async () => (await session.invoke('change')).body.invocation;
  const approve = (id: string) =>
    gateway.call('POST', `${agent.actions}/invocations/${id}/approve`, { token: gateway.ownerToken });
  return { gateway, session, agent, ask, approve };
}

test('a stream wakes for what is wanted, and for its own end', async (t) => {
  const { gateway, agent, ask, approve } = await set(t);
  const { id } = await ask();
  const stream = await openEvents(agent.client, agent.events, (one) => one === id);
  assert.ok(stream);
  let woken = false;
  const change = stream.change(forever).then(() => {
    woken = true;
  });
  await ask();
  assert.equal(woken, false);
  await approve(id);
  await change;
  assert.equal(stream.isOpen, true);
  const end = stream.change(forever);
  await gateway.stop();
  await end;
  assert.equal(stream.isOpen, false);
});

test('there is none where nobody answers, who asks is refused, or no gateway listens', async (t) => {
  const { gateway, agent, session } = await set(t);
  const none = async (url: string, token: string, path = agent.events) =>
    assert.equal(await openEvents(new Client(url, new Secret(token)), path, () => true), undefined);
  await none(gateway.address, `ast_s_${'x'.repeat(43)}`);
  await none(gateway.address, session.token, '/v1/events');
  await none(gateway.address, session.token, '/healthz');
  await none('http://127.0.0.1:1', session.token);
  const other = createServer((_request, response) => response.end('no gateway')).listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  // A server that listens on TCP has such an address.
  const { port } = other.address() as AddressInfo;
  await none(`http://127.0.0.1:${port}`, session.token);
});

test('an agent has its answer through its events, and without them too', async (t) => {
  const { agent, ask, approve } = await set(t);
  for (const open of [openEvents, async () => undefined]) {
    const asked = await ask();
    const opened = Promise.withResolvers<void>();
    const final = followed(agent, asked, forever, undefined, async (...given) => {
      const stream = await open(...given);
      opened.resolve();
      return stream;
    });
    await opened.promise;
    await approve(asked.id);
    assert.equal((await final).status, 'completed');
  }
});

test('a watch sees what comes, over a restart of the gateway', async (t) => {
  const folder = scratchFolder(t);
  const sourceKinds = [scriptedSource().kind];
  const first = await startGateway(t, { sourceKinds }, { home: folder, dataDir: folder });
  const client = new Client(first.address, new Secret(first.ownerToken));
  const ended = new AbortController();
  t.after(() => ended.abort());
  const looks = pendingAgain(client, ended.signal);
  const sees = async (id: string) => {
    for await (const pending of { [Symbol.asyncIterator]: () => ({ next: () => looks.next() }) })
      if (pending.some((one) => one.id === id)) return;
  };
  const session = await first.session();
  const ask = async () => (await session.invoke('change')).body.invocation.id as string;
  await looks.next();
  await looks.next();
  await sees(await ask());
  await first.stop();
  const port = Number(new URL(first.address).port);
  const second = await startGateway(t, { sourceKinds }, { home: folder, dataDir: folder, port });
  const { body } = await second.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
    token: session.token,
    body: { sourceId: 'test', actionId: 'change' },
  });
  await sees(body.invocation.id);
  ended.abort();
  await looks.return(undefined);
});
