import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { assent, up } from './support/cli.ts';
import { engines } from './support/databases.ts';
import { freePort } from './support/free-port.ts';
import { startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';
import { scriptedSource } from './support/scripted-source.ts';

const anyPort = { host: '127.0.0.1', port: 0 };

for (const engine of engines) {
  test(`the metrics count by route and status, and name nobody, on ${engine.name}`, {
    skip: engine.skip,
  }, async (t) => {
    const replacements = { sourceKinds: [scriptedSource().kind] };
    const gateway = await startGateway(t, replacements, { metrics: anyPort }, engine);
    const owner = { token: gateway.ownerToken };
    const session = await gateway.session();
    const { id } = (await session.invoke('change')).body.invocation;
    await gateway.call('POST', `/v1/sessions/${session.id}/actions/invocations/${id}/deny`, owner);
    await gateway.call('GET', `/v1/automations/${id}`, owner);
    await gateway.call('GET', `/${id}`);
    const answer = await fetch(gateway.metricsUrl ?? assert.fail());
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const body = await answer.text();
    const deny = '/v1/sessions/:sessionId/actions/invocations/:id/deny';
    assert.match(
      body,
      new RegExp(
        `^assent_http_request_seconds_count\\{route="${deny}",method="POST",status="200"\\} 1$`,
        'm',
      ),
    );
    assert.match(body, /^assent_http_request_seconds_count\{route="none",method="GET",status="404"\} \d+$/m);
    assert.match(
      body,
      /^assent_invocation_events_total\{type="action_approval_result",status="denied"\} \d+$/m,
    );
    assert.match(body, /^process_cpu_seconds_total /m);
    const { userId, organizationId } = gateway.owner;
    for (const own of [id, session.id, session.token, owner.token, userId, organizationId])
      assert.ok(!body.includes(own));
    assert.doesNotMatch(body, /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
  });
}

describe('the address of the metrics', () => {
  const environment = (t: TestContext, more: Record<string, string> = {}) => ({
    ASSENT_HOME: join(scratchFolder(t), 'home'),
    ASSENT_LOG_LEVEL: 'error',
    ...more,
  });
  const statusOf = async (url: string) => (await fetch(url)).status;

  test('is nowhere, unless one is given', async (t) => {
    const gateway = await startGateway(t);
    assert.equal(gateway.metricsUrl, undefined);
    assert.equal(await statusOf(`${gateway.address}/metrics`), 404);
  });

  for (const [how, given] of [
    ['the flag', (at: string) => ({ args: ['--metrics', at], env: {} })],
    ['the variable', (at: string) => ({ args: [], env: { ASSENT_METRICS_ADDRESS: at } })],
  ] as const)
    test(`is that of ${how}, and has nothing else`, async (t) => {
      const at = `127.0.0.1:${await freePort()}`;
      const { args, env } = given(at);
      const running = await up(t, ['--port', '0', ...args], environment(t, env));
      assert.equal(await statusOf(`${running.address}/metrics`), 404);
      assert.match(await (await fetch(`http://${at}/metrics`)).text(), /^assent_http_request_seconds/m);
      for (const path of ['/', '/healthz', '/login', '/v1/status', '/openapi.json'])
        assert.equal(await statusOf(`http://${at}${path}`), 404, path);
      assert.equal((await fetch(`http://${at}/metrics`, { method: 'POST' })).status, 404);
      assert.equal(await running.stop(), 0);
    });

  test('is refused where it is none', async (t) => {
    for (const [args, env, name] of [
      [['--metrics', '9464'], {}, '--metrics'],
      [[], { ASSENT_METRICS_ADDRESS: '9464' }, 'ASSENT_METRICS_ADDRESS'],
    ] as const) {
      const { code, stderr } = await assent(['up', '--port', '0', ...args], environment(t, env));
      assert.equal(code, 2);
      const says = `assent: ${name} is "9464", which is no address to listen at. Write 127.0.0.1:9464, or [::1]:9464.`;
      assert.equal(stderr.split('\n')[0], says);
    }
  });

  test('is refused where something listens already, and nothing is left behind', async (t) => {
    const taken = createServer().listen(0, '127.0.0.1');
    t.after(() => taken.close());
    await once(taken, 'listening');
    // A server that listens on TCP has such an address.
    const { port } = taken.address() as { port: number };
    const ended = await assent(['up', '--port', '0', '--metrics', `127.0.0.1:${port}`], environment(t));
    assert.deepEqual(ended, {
      code: 1,
      stdout: '',
      stderr: `assent: Port ${port} on 127.0.0.1 is in use. Choose another with --metrics.\n`,
    });
  });
});
