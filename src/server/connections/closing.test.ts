import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import Fastify from 'fastify';
import { endConnectionsWhenClosing } from './closing.ts';

/** A server that answers once it is told to. */
async function slowServer(t: TestContext) {
  const app = Fastify({ forceCloseConnections: 'idle' });
  endConnectionsWhenClosing(app);
  const told = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const closing = Promise.withResolvers<void>();
  app.addHook('preClose', async () => closing.resolve());
  app.get('/slow', async () => {
    asked.resolve();
    await told.promise;
    return 'done';
  });
  app.post('/taken', async () => 'done');
  await app.listen({ port: 0, host: '127.0.0.1' });
  t.after(() => app.server.closeAllConnections());
  // A server that listens on TCP has such an address.
  const { port } = app.server.address() as AddressInfo;
  const open = async (text: string): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    t.after(() => socket.destroy());
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(text);
    return socket;
  };
  return { app, open, told, asked, closing };
}

/** However it comes about. */
function closeOf(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('close', resolve));
}

const half = {
  'says nothing': '',
  'stops in the middle of its headers': 'GET /slow HTTP/1.1\r\nhost: a',
  'stops in the middle of its body':
    'POST /taken HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
};

for (const [what, text] of Object.entries(half)) {
  test(`a connection that ${what} does not hold a stop`, async (t) => {
    const { app, open } = await slowServer(t);
    const accepted = once(app.server, 'connection');
    const begun = text.includes('content-length') ? once(app.server, 'request') : undefined;
    const socket = await open(text);
    await accepted;
    await begun;
    const closed = closeOf(socket);
    await app.close();
    await closed;
  });
}

test('what was asked before a stop is answered, on a connection that ends with it', async (t) => {
  const { app, open, told, asked, closing } = await slowServer(t);
  const socket = await open('GET /slow HTTP/1.1\r\nhost: a\r\n\r\n');
  await asked.promise;
  const stopped = app.close();
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  const closed = closeOf(socket);
  await closing.promise;
  told.resolve();
  await closed;
  await stopped;
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(answer, /\r\nconnection: close\r\n/i);
  assert.match(answer, /done$/);
});
