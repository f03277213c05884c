import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startMcpPeer } from '../../test/peers/mcp.ts';
import { at, contextWith, failureOf, sourceFor } from '../../test/peers/mcp-client.ts';
import { startProxy } from '../../test/peers/proxy.ts';
import { resolvingTo } from '../../test/peers/resolver.ts';
import { guardedFetch } from './guarded-fetch.ts';

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

async function withProxy(t: TestContext, more: NodeJS.ProcessEnv = {}) {
  const peer = await startMcpPeer();
  const proxy = await startProxy(peer.url);
  const before = { ...process.env };
  for (const name of names) delete process.env[name];
  Object.assign(process.env, { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, ...more });
  t.after(async () => {
    for (const name of names) delete process.env[name];
    Object.assign(process.env, before);
    await proxy.close();
    await peer.close();
  });
  return { peer, proxy };
}

const guarded = { allowPrivateAddresses: false };

test('a server is reached through the proxy that the environment names', async (t) => {
  const { peer, proxy } = await withProxy(t);
  const source = sourceFor(at('http://tools.example/mcp'), guarded);
  assert.equal((await source.listActions(contextWith())).length, 2);
  await source.execute('wipe', {}, contextWith());
  assert.equal(peer.state.calls, 1);
  assert.ok(proxy.requests.length > 2);
  assert.ok(proxy.requests.every((request) => request === 'POST http://tools.example/mcp'));
});

test('a call that breaks behind the proxy may have been carried out', async (t) => {
  const { peer } = await withProxy(t);
  const source = sourceFor(at('http://tools.example/mcp'), guarded);
  await source.listActions(contextWith());
  peer.state.onCall = () => peer.close();
  assert.match(
    await failureOf(source.execute('wipe', {}, contextWith())),
    /^action_failed: .* The call may have been carried out: look there before trying again\.$/,
  );
});

test('NO_PROXY, and this machine, are reached without it', async (t) => {
  const { peer, proxy } = await withProxy(t, { NO_PROXY: 'tools.example' });
  assert.equal((await sourceFor(at(peer.url)).listActions(contextWith())).length, 2);
  assert.match(
    await failureOf(sourceFor(at('http://tools.example/mcp'), guarded).listActions(contextWith())),
    /cannot be reached \((ENOTFOUND|EAI_AGAIN)\)/,
  );
  assert.deepEqual(proxy.requests, []);
});

test('a proxy is not asked for an address that is private, nor for a name that is private here', async (t) => {
  const { proxy } = await withProxy(t);
  for (const url of ['http://10.0.0.1/mcp', 'https://[fd00::1]/mcp', 'http://169.254.169.254/mcp'])
    assert.match(
      await failureOf(sourceFor(at(url), guarded).listActions(contextWith())),
      /has a private, local or otherwise not public address/,
    );
  const guard = guardedFetch({ ...guarded, maxBytes: 1000, resolve: resolvingTo('10.0.0.1') });
  await assert.rejects(guard.fetch('http://intranet.example/'));
  assert.equal(guard.fault?.code, 'private_address');
  assert.equal(guard.connected, false);
  await guard.close();
  assert.deepEqual(proxy.requests, []);
});

test('a proxy that refuses, or is not there, is told, and nothing was sent', async (t) => {
  const { proxy } = await withProxy(t);
  const source = sourceFor(at('https://tools.example/mcp'), guarded);
  assert.equal(
    await failureOf(source.execute('wipe', {}, contextWith())),
    'source_unavailable: The MCP server at tools.example cannot be reached: the proxy refuses (HTTP 403). Check HTTPS_PROXY and NO_PROXY where the gateway starts.',
  );
  assert.ok(proxy.requests.includes('CONNECT tools.example:443'));
  await proxy.close();
  assert.match(
    await failureOf(source.execute('wipe', {}, contextWith())),
    /^source_unavailable: The MCP server at tools\.example cannot be reached \(ECONNREFUSED\)/,
  );
});
