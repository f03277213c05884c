import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { webRoot } from '../../src/main/web-root.ts';
import { CleanupStack } from '../support/cleanup-stack.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

const assets = join(webRoot(), 'assets');
const bytesOf = (name: string) => readFileSync(join(assets, name));

describe("the page's files", () => {
  let gateway: TestGateway;
  const cleanup = new CleanupStack();
  before(async () => {
    gateway = await startGateway(cleanup);
  });
  after(() => cleanup.close());

  /** `fetch` would put the path in order first, and unpack what comes. */
  async function get(
    path: string,
    headers: http.OutgoingHttpHeaders = {},
    method = 'GET',
  ): Promise<RawAnswer> {
    const { hostname, port } = new URL(gateway.address);
    const request = http.request({ hostname, port, path, headers, method, agent: false });
    request.end();
    // What the event holds.
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: Buffer.concat(await answer.toArray()),
    };
  }

  test('are served to anybody, each as what it is', async () => {
    const named = [...readFileSync(join(webRoot(), 'index.html'), 'utf8').matchAll(/"\/assets\/([^"]+)"/g)];
    assert.ok(named.length >= 3);
    const types = { js: /^(?:text|application)\/javascript/, css: /^text\/css/, svg: /^image\/svg\+xml/ };
    for (const name of [...named.map(([, name = '']) => name), 'passkey.js']) {
      const { status, headers, body } = await get(`/assets/${name}`);
      assert.deepEqual([status, body], [200, bytesOf(name)], name);
      const [, type] = Object.entries(types).find(([ending]) => name.endsWith(`.${ending}`)) ?? [];
      assert.match(headers['content-type'] ?? '', type ?? /^$/, name);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
      assert.equal(headers['set-cookie'], undefined);
    }
  });

  test('are kept for ever where their names hold a hash, and asked about again where not', async () => {
    const hashed = readdirSync(assets).find((name) => /^page-[\w-]{8}\.js$/.test(name)) ?? '';
    for (const headers of [{}, { 'accept-encoding': 'br' }]) {
      const kept = (await get(`/assets/${hashed}`, headers)).headers['cache-control'];
      assert.equal(kept, 'public, max-age=31536000, immutable');
    }
    const passkey = await get('/assets/passkey.js');
    assert.equal(passkey.headers['cache-control'], 'no-cache');
    const again = await get('/assets/passkey.js', { 'if-none-match': passkey.headers.etag });
    assert.deepEqual([again.status, again.body.length], [304, 0]);
  });

  test('come compressed where the browser takes that', async () => {
    const name = readdirSync(assets).find((one) => /^page-[\w-]{8}\.js$/.test(one)) ?? '';
    const whole = bytesOf(name);
    const cases = [
      { accepts: 'gzip, deflate, br', encoding: 'br', unpack: brotliDecompressSync },
      { accepts: 'gzip', encoding: 'gzip', unpack: gunzipSync },
      { accepts: 'br;q=0, gzip', encoding: 'gzip', unpack: gunzipSync },
      { accepts: 'identity', encoding: undefined, unpack: (body: Buffer) => body },
      { accepts: undefined, encoding: undefined, unpack: (body: Buffer) => body },
    ];
    for (const { accepts, encoding, unpack } of cases) {
      const { status, headers, body } = await get(`/assets/${name}`, {
        ...(accepts !== undefined && { 'accept-encoding': accepts }),
      });
      assert.deepEqual([status, headers['content-encoding']], [200, encoding], accepts);
      assert.match(headers['content-type'] ?? '', /javascript/);
      assert.equal(headers.vary, 'accept-encoding');
      assert.ok(unpack(body).equals(whole), accepts);
    }
    const head = await get(`/assets/${name}`, {}, 'HEAD');
    assert.deepEqual(
      [head.status, head.headers['content-length'], head.body.length],
      [200, `${whole.length}`, 0],
    );
  });

  test('are these and no others, by whatever path', async () => {
    const [compressed = ''] = readdirSync(assets).filter((name) => name.endsWith('.br'));
    const paths = [
      '/assets',
      '/assets/',
      '/assets/nothing.js',
      '/assets/PASSKEY.js',
      '/assets/passkey.js/',
      '/assets/passkey.js%00',
      '/assets/passkey.js%00.css',
      '/assets//passkey.js',
      '//assets/passkey.js',
      '/./assets/passkey.js',
      '/assets/./passkey.js',
      '/assets/x/../passkey.js',
      '/assets/../index.html',
      '/assets/..',
      '/assets/%2e%2e/index.html',
      '/assets/%2e%2e%2findex.html',
      '/assets/..%2findex.html',
      '/assets/..%5cindex.html',
      '/assets/%252e%252e%252findex.html',
      '/assets/%2fetc%2fpasswd',
      '/assets/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/assets/__proto__',
      `/assets/${compressed}`,
      '/index.html',
      '/web/index.html',
      '//evil.example/inbox',
      '/inbox//x',
      '/settings/tokens/x',
    ];
    for (const path of paths) {
      const { status, headers, body } = await get(path);
      assert.deepEqual([status, headers['content-type']], [404, 'application/json; charset=utf-8'], path);
      const message = `There is nothing at GET ${path}. /openapi.json lists what there is.`;
      assert.deepEqual(JSON.parse(body.toString()), { error: { code: 'not_found', message } });
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['cache-control'], 'no-store');
    }
  });

  test('a path that is none of a file, nor of anything, is refused as elsewhere', async () => {
    for (const path of [
      '/assets/%',
      '/assets/%c0%ae%c0%ae/index.html',
      '/assets/%ff',
      `/assets/${'x'.repeat(1300)}`,
    ]) {
      const { status, headers, body } = await get(path);
      assert.equal(status, 400, path);
      assert.match(headers['content-type'] ?? '', /^application\/json/);
      assert.equal(JSON.parse(body.toString()).error.code, 'invalid_request');
    }
  });

  test('no screen leads to another site, whatever is asked for', async () => {
    for (const path of [
      'http://evil.example/inbox',
      '/inbox/%0d%0aset-cookie:%20x',
      '/inbox/%2f%2fevil.example',
    ]) {
      const { status, headers } = await get(path);
      assert.equal(status, 303);
      assert.equal(headers['set-cookie'], undefined);
      const location = headers.location ?? '';
      assert.equal(location, `/login?next=${encodeURIComponent(path)}`);
      const login = (await get(location)).body.toString();
      const next = /name="next" value="([^"]*)"/.exec(login)?.[1];
      assert.equal(next, path.startsWith('/') ? path : '/');
    }
  });
});
