import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { assent, type Up, up } from './support/cli.ts';
import { scratchFolder } from './support/scratch.ts';

function environment(t: TestContext, more: Record<string, string> = {}): Record<string, string> {
  return { ASSENT_HOME: join(scratchFolder(t), 'home'), ASSENT_LOG_LEVEL: 'warn', ...more };
}

/** What a proxy passes on: a wrong password of somebody behind it. */
async function guess({ address }: Up, headers: Record<string, string>, email: string): Promise<number> {
  const { status } = await fetch(`${address}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: address, ...headers },
    body: new URLSearchParams({ email, password: 'guess' }),
  });
  return status;
}

/** Ends the gateway, and gives what it warned of. */
async function warnings(running: Up): Promise<{ peer: string; msg: string }[]> {
  assert.equal(await running.stop(), 0);
  const lines = (await running.stderr).split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line));
}

describe('a proxy in front', () => {
  test('that nobody trusts is told of once, with what to do', async (t) => {
    const running = await up(t, ['--port', '0'], environment(t));
    for (const headers of [{}, { 'x-forwarded-for': '203.0.113.1' }, { forwarded: 'for=203.0.113.2' }])
      await fetch(`${running.address}/v1/status`, { headers });
    const [first, ...others] = await warnings(running);
    assert.deepEqual([first?.peer, others], ['127.0.0.1', []]);
    assert.equal(
      first?.msg,
      'a request came with X-Forwarded-For from 127.0.0.1, which is no trusted proxy: the header is passed over, and all who come from there count as one. If a proxy of yours is there, start with ASSENT_TRUSTED_PROXIES=127.0.0.1',
    );
  });

  test('also where it writes the header of RFC 7239 alone', async (t) => {
    const running = await up(t, ['--port', '0'], environment(t, { ASSENT_TRUSTED_PROXIES: '192.0.2.0/24' }));
    await fetch(`${running.address}/healthz`, { headers: { forwarded: 'for=203.0.113.2' } });
    const [first] = await warnings(running);
    assert.match(first?.msg ?? '', /^a request came with Forwarded from 127\.0\.0\.1, /);
  });

  test('that is trusted says who guesses, and nobody else is held up', async (t) => {
    const running = await up(
      t,
      ['--port', '0'],
      environment(t, { ASSENT_TRUSTED_PROXIES: '10.0.0.0/8, loopback' }),
    );
    const [one, other] = [{ 'x-forwarded-for': '203.0.113.1' }, { 'x-forwarded-for': '203.0.113.2' }];
    // Each at another account, so that it is the address that is slowed down.
    const all = await Promise.all(
      Array.from({ length: 51 }, (_, at) => guess(running, one, `${at}@example.com`)),
    );
    assert.equal(all.filter((status) => status === 429).length, 1);
    assert.equal(await guess(running, other, 'ann@example.com'), 401);
    const said = (await warnings(running)).map(({ msg }) => msg);
    assert.deepEqual(said, ['further tries have to wait']);
  });

  for (const value of ['TRUE', 'yes', '1', '10.0.0.1:443'])
    test(`is not "${value}"`, async (t) => {
      const ended = await assent(['up', '--port', '0'], environment(t, { ASSENT_TRUSTED_PROXIES: value }));
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, new RegExp(`^assent: ASSENT_TRUSTED_PROXIES has "${value}", which is no`));
    });
});
