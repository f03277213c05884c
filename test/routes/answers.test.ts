import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('an answer', (here) => {
  test('is kept by nobody on its way, whatever it is', async () => {
    const { gateway, owner, member } = here();
    const session = await gateway.session();
    const invoke = `/v1/sessions/${session.id}/actions/invoke`;
    const asked: [method: string, path: string, status: number, options?: object][] = [
      ['GET', '/v1/me', 200, owner],
      ['GET', '/v1/invocations', 200, owner],
      ['GET', '/v1/invocations/counts', 200, owner],
      ['GET', '/v1/invocations/export', 200, owner],
      ['HEAD', '/v1/invocations/export', 200, owner],
      ['POST', '/v1/tokens', 201, { ...owner, body: { name: 'laptop' } }],
      ['POST', '/v1/sessions', 201, { ...owner, body: {} }],
      ['POST', '/v1/events/tickets', 201, owner],
      ['POST', '/v1/login-links', 201, owner],
      ['POST', invoke, 200, { token: session.token, body: { sourceId: 'test', actionId: 'look' } }],
      ['GET', '/v1/auth/passkey/generate-authenticate-options', 200],
      ['GET', '/openapi.json', 200],
      ['GET', '/healthz', 200],
      ['GET', '/login', 200],
      ['GET', '/', 303],
      ['GET', '/v1/invocations?limit=x', 400, owner],
      ['GET', '/v1/sessions/%zz', 400, owner],
      ['GET', `/v1/sessions/${'x'.repeat(1201)}`, 400, owner],
      ['GET', '/v1/me', 401],
      ['GET', '/v1/secrets', 403, member],
      ['GET', '/nothing', 404, owner],
      ['POST', '/v1/tokens', 413, { ...owner, raw: `"${'x'.repeat(1024 * 1024)}"` }],
    ];
    for (const [method, path, status, options] of asked) {
      const answer = await gateway.call(method, path, options);
      assert.equal(answer.status, status, `${method} ${path}`);
      assert.equal(answer.headers.get('cache-control'), 'no-store', `${method} ${path}`);
    }
  });

  test('is kept as long as its route says', async () => {
    const { headers } = await here().gateway.call('GET', '/page.css');
    assert.equal(headers.get('cache-control'), 'max-age=3600');
    const icon = await here().gateway.call('GET', '/assets/icon.svg');
    assert.equal(icon.headers.get('cache-control'), 'no-cache');
  });
});
