import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { engines } from '../support/databases.ts';
import { assertRefused, startGateway } from '../support/gateway.ts';
import { contentSecurityPolicy } from './browser.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the gateway itself', (here) => {
  test('says how it does: what waits, and which sources answer', async () => {
    const { gateway, member, source, stranger } = here();
    const session = await gateway.session();
    await session.invoke('change');
    const read = async (token: string) => {
      const { status, body } = await gateway.call('GET', '/v1/status', { token });
      assert.equal(status, 200);
      return body;
    };
    const { user, organization, ...rest } = await read(member.token);
    assert.deepEqual(rest, {
      version: '0.0.0-dev',
      database: gateway.gateway.store.engine,
      token: { scopes: ['read', 'ask', 'approve', 'configure'], expiresAt: null },
      pending: 1,
      connectors: [],
    });
    const asAdmin = await read(gateway.ownerToken);
    assert.deepEqual(asAdmin.connectors, [{ name: 'Test source', ok: true, tools: 3, error: null }]);
    assert.deepEqual(organization, { id: gateway.owner.organizationId, name: 'default' });
    assert.deepEqual(
      [user.id, user.role, Object.keys(user)],
      [member.userId, 'member', ['id', 'email', 'role']],
    );
    source.broken = new Error('refused with Bearer abcdefghijklmnopqrstuvwxyz012345');
    const [connector] = (await read(gateway.ownerToken)).connectors;
    source.broken = undefined;
    assert.deepEqual([connector.ok, connector.tools], [false, 0]);
    assert.match(connector.error, /^refused with /);
    assert.ok(!connector.error.includes('abcdefghijklmnopqrstuvwxyz012345'));
    const theirs = await read(stranger.token);
    assert.deepEqual([theirs.pending, theirs.organization.id], [0, stranger.organizationId]);
  });

  test('is alive and ready, and says so to anybody', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const { status, body } = await here().gateway.call('GET', path);
      assert.deepEqual([status, body], [200, { status: 'ok' }]);
    }
  });

  test('has one answer for what is not there', async () => {
    const { gateway, owner } = here();
    const paths = ['/nothing', '/metrics', '/v1', '/v1/auth', '//login', '/..%2fhealthz'];
    for (const path of paths) {
      const says = `There is nothing at GET ${path}. /openapi.json lists what there is.`;
      assertRefused(await gateway.call('GET', path, owner), 404, 'not_found', says);
      assertRefused(await gateway.call('GET', `${path}?token=secret`), 404, 'not_found', says);
    }
  });

  test('refuses paths that are none, as what they are', async () => {
    const { gateway, owner } = here();
    const notEncoded = 'The path is not valid: a "%" in it begins no encoded character.';
    for (const path of ['/v1/sessions/%zz', '/%', '/v1/secrets/%ff']) {
      assertRefused(await gateway.call('GET', path, owner), 400, 'invalid_request', notEncoded);
    }
    const tooLong = await gateway.call('GET', `/v1/sessions/${'x'.repeat(1201)}`, owner);
    assertRefused(
      tooLong,
      400,
      'invalid_request',
      'A part of the path is longer than anything here is called.',
    );
  });

  test('refuses a body that is not as long as it says', async () => {
    const { gateway, owner } = here();
    const { hostname, port } = new URL(gateway.address);
    const headers = {
      authorization: `Bearer ${owner.token}`,
      'content-type': 'application/json',
      'content-length': 'x',
    };
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ hostname, port, path: '/v1/automations', method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject);
      sent.end();
    });
    assert.equal(status, 400);
  });

  test('lets no page be framed, sniffed, scripted or told of, whatever the answer', async () => {
    const { gateway, owner } = here();
    const answers = [
      ['/login', 200],
      ['/page.css', 200],
      ['/', 303],
      ['/invite?token=x', 410],
      ['/v1/status', 200],
      ['/openapi.json', 200],
      ['/v1/automations/x', 400],
      ['/nothing', 404],
    ] as const;
    for (const [path, expected] of answers) {
      const { status, headers } = await gateway.call('GET', path, owner);
      assert.equal(status, expected, path);
      const sent = [
        'content-security-policy',
        'x-content-type-options',
        'x-frame-options',
        'referrer-policy',
      ];
      assert.deepEqual(
        sent.map((name) => headers.get(name)),
        [contentSecurityPolicy, 'nosniff', 'DENY', 'same-origin'],
        path,
      );
      assert.equal(headers.get('x-powered-by'), null);
    }
  });

  test('has its pages kept by nobody, and its style sheet for an hour', async () => {
    const { gateway } = here();
    const page = await gateway.call('GET', '/login');
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
    const style = await gateway.call('GET', '/page.css');
    assert.equal(style.headers.get('cache-control'), 'max-age=3600');
    assert.equal(style.headers.get('content-type'), 'text/css; charset=utf-8');
  });

  test('describes every body and answer in OpenAPI', async () => {
    const { body } = await here().gateway.call('GET', '/openapi.json');
    interface Operation {
      readonly summary?: string;
      readonly responses: Record<string, { content?: object }>;
      readonly requestBody?: { content: object };
    }
    for (const [path, methods] of Object.entries<Record<string, Operation>>(body.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const name = `${method} ${path}`;
        assert.ok(operation.summary, name);
        assert.ok(
          Object.keys(operation.responses).some((status) => status.startsWith('2')),
          name,
        );
        if (method === 'put' || method === 'patch') assert.ok(operation.requestBody, name);
      }
    }
  });
});

for (const engine of engines) {
  test(`a gateway that stops is alive, and not ready, on ${engine.name}`, {
    skip: engine.skip,
  }, async (t) => {
    const gateway = await startGateway(t, {}, {}, engine);
    gateway.gateway.stopping.abort();
    assert.equal((await gateway.call('GET', '/healthz')).status, 200);
    const says = 'The gateway is stopping, or its database does not answer.';
    assertRefused(await gateway.call('GET', '/readyz'), 503, 'unavailable', says);
  });
}
