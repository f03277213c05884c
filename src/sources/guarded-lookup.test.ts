import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { resolvingTo } from '../../test/peers/resolver.ts';
import { addressGuard, isPublicAddress } from './guarded-lookup.ts';

const closed = { allowPrivateAddresses: false } as const;

const refused = [
  '127.0.0.1',
  '127.9.9.9',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '168.63.129.16',
  '::ffff:168.63.129.16',
  '0.0.0.0',

  '224.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
  '198.18.0.1',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::127.0.0.1',

  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd12::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  '2001::1',
  '4000::1',
  'not an address',
  '',
];

test('addresses that are not of the public internet are known', () => {
  assert.deepEqual(refused.filter(isPublicAddress), []);
  const open = ['1.1.1.1', '93.184.216.34', '::ffff:8.8.8.8', '2606:4700::1111'];
  assert.deepEqual(open.filter(isPublicAddress), open);
});

test('a host that is a refused address is refused before it is connected to', () => {
  const guard = addressGuard(closed);
  for (const host of ['127.0.0.1', '169.254.169.254', '::1', '[::1]', '[::ffff:7f00:1]', '224.0.0.1'])
    assert.equal(guard.refuseHost(host)?.code, 'private_address', host);
  for (const host of ['1.1.1.1', '[2606:4700::1111]', 'localhost', 'name.example'])
    assert.equal(guard.refuseHost(host), undefined, host);
});

/** What `net.connect` to a name under the guard ends with. */
async function connectTo(
  t: TestContext,
  guard: ReturnType<typeof addressGuard>,
  port: number,
): Promise<Socket> {
  const socket = connect({ host: 'inside.example', port, lookup: guard.lookup });
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

async function listening(t: TestContext): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.end();
  });
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  // A TCP server's address is no pipe's name.
  const { port } = server.address() as AddressInfo;
  return { port, connections: () => connections };
}

test('a plain TCP connection to a name with a refused address is not made', async (t) => {
  const { port, connections } = await listening(t);
  for (const addresses of [['127.0.0.1'], ['1.1.1.1', '127.0.0.1'], ['::ffff:127.0.0.1'], ['']]) {
    const guard = addressGuard({ ...closed, resolve: resolvingTo(...addresses) });
    await assert.rejects(connectTo(t, guard, port), { code: 'private_address' });
  }
  assert.equal(connections(), 0);
});

test('one address or all of them are answered, as the caller asks', () => {
  const guard = addressGuard({ ...closed, resolve: resolvingTo('1.1.1.1', '2606:4700::1111') });
  const answers: unknown[] = [];
  guard.lookup('two.example', { all: true }, (...answer) => answers.push(answer));
  guard.lookup('two.example', {}, (...answer) => answers.push(answer));
  const [first, second] = [
    { address: '1.1.1.1', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ];
  assert.deepEqual(answers, [
    [null, [first, second]],
    [null, '1.1.1.1', 4],
  ]);
});

test('a name that does not resolve keeps its own error', async (t) => {
  const guard = addressGuard(closed);
  const socket = connect({ host: 'nowhere.invalid', port: 1, lookup: guard.lookup });
  t.after(() => socket.destroy());
  await assert.rejects(once(socket, 'connect'), { code: /^(ENOTFOUND|EAI_AGAIN)$/ });
});

test('a connected socket is judged by what it is connected to', async (t) => {
  const { port } = await listening(t);
  const open = addressGuard({ allowPrivateAddresses: true, resolve: resolvingTo('127.0.0.1') });
  const socket = await connectTo(t, open, port);
  assert.equal(open.refusePeer(socket), undefined);
  assert.equal(addressGuard(closed).refusePeer(socket)?.code, 'private_address');
  assert.equal(addressGuard(closed).refusePeer({ remoteAddress: undefined })?.code, 'private_address');
  assert.equal(addressGuard(closed).refusePeer({ remoteAddress: '1.1.1.1' }), undefined);
});
