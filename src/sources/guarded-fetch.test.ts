import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { answerHandshake, methodOf, type RawHandler, startRawPeer } from '../../test/peers/mcp.ts';
import { at, contextWith, failureOf, sourceFor } from '../../test/peers/mcp-client.ts';
import { resolvingTo } from '../../test/peers/resolver.ts';
import { messageOf } from '../lib/errors.ts';
import { guardedFetch } from './guarded-fetch.ts';

async function rawPeer(t: TestContext, handle: RawHandler): Promise<string> {
  const peer = await startRawPeer(handle);
  t.after(() => peer.close());
  return peer.url;
}

const urls = [
  'http://127.0.0.1',
  'http://localhost',
  'http://2130706433',
  'http://0177.0.0.1',
  'http://0x7f.1',
  'http://127.1',

  'http://[::1]',
  'http://[::ffff:7f00:1]',
  'http://[::]',
  'http://0',
  'http://127.0.0.1.',
  'http://LOCALHOST',
  'https://127.0.0.1',
  'http://169.254.169.254',
  'http://[fe80::1]',
  'http://[64:ff9b::7f00:1]',
];

for (const url of urls) {
  test(`${url} is refused, and told so`, async (t) => {
    let requests = 0;
    const peer = await rawPeer(t, (_request, response) => {
      requests += 1;
      response.end();
    });
    const target = new URL(`${url}:${new URL(peer).port}/mcp`);
    const source = sourceFor(at(target.href), { allowPrivateAddresses: false });
    const expected = `source_unavailable: The MCP server at ${target.host} has a private, local or otherwise not public address, which connectors may not call. Start the gateway with --allow-private-addresses to allow it.`;
    assert.equal(await failureOf(source.listActions(contextWith())), expected);
    assert.equal(await failureOf(source.execute('x', {}, contextWith())), expected);
    assert.equal(requests, 0);
  });
}

test('a name with one private address among others is refused', async () => {
  const addresses = ['93.184.216.34', '10.0.0.1'];
  const guard = guardedFetch({
    allowPrivateAddresses: false,
    maxBytes: 1000,
    resolve: resolvingTo(...addresses),
  });
  await assert.rejects(
    guard.fetch('http://mixed.example/'),
    ({ cause }) => messageOf(cause) === '' && guard.fault?.code === 'private_address',
  );
  assert.equal(guard.connected, false);
  await guard.close();
});

test('what was connected to is looked at again', async (t) => {
  const peer = await rawPeer(t, (_request, response) => response.end('reached'));
  const port = new URL(peer).port;
  const open = guardedFetch({
    allowPrivateAddresses: true,
    maxBytes: 1000,
    resolve: resolvingTo('127.0.0.1'),
  });
  assert.equal(await (await open.fetch(`http://inside.example:${port}/`)).text(), 'reached');
  assert.equal(open.connected, true);
  await open.close();
});

test('a redirect is refused, wherever it leads', async (t) => {
  for (const location of ['http://169.254.169.254/', '/elsewhere', 'file:///etc/passwd']) {
    const url = await rawPeer(t, (_request, response) => response.writeHead(302, { location }).end());
    const guard = guardedFetch({ allowPrivateAddresses: true, maxBytes: 1000 });
    await assert.rejects(guard.fetch(url), { code: 'redirect', message: '302' });
    await guard.close();
  }
});

test('more than the limit is not read, however it is packed', async (t) => {
  const bodies: readonly [string, Buffer][] = [
    ['identity', Buffer.alloc(2000, 'x')],
    ['gzip', gzipSync(Buffer.alloc(2_000_000, 'x'))],
  ];
  for (const [encoding, body] of bodies) {
    const url = await rawPeer(t, (_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    const guard = guardedFetch({
      allowPrivateAddresses: true,
      maxBytes: 1900 + (encoding === 'gzip' ? body.length : 0),
    });
    await assert.rejects(
      guard.fetch(url).then((response) => response.text()),
      { code: 'too_large' },
    );
    await guard.close();
  }
});

test('a server that sends more than 10 MB is broken off', async (t) => {
  for (const type of ['application/json', 'text/event-stream']) {
    const url = await rawPeer(t, (_request, response, body) => {
      if (methodOf(body) !== 'tools/list') return answerHandshake(response, body);
      response.writeHead(200, { 'content-type': type });
      const write = (): void => {
        while (response.write(`: ${'x'.repeat(100_000)}\n\n`));
        response.once('drain', write);
      };
      return write();
    });
    assert.match(
      await failureOf(sourceFor(at(url)).listActions(contextWith())),
      /^source_unavailable: The MCP server at 127\.0\.0\.1:\d+ sent more than 10 MB, which is not read\. Ask it for less\.$/,
    );
  }
});
