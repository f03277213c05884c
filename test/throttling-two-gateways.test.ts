import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { pino } from 'pino';
import { trustedProxies } from '../src/config/trusted-proxies.ts';
import { systemClock } from '../src/lib/clock.ts';
import { Secret } from '../src/lib/secret.ts';
import type { Cleanup } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';

const email = 'target@example.com';
const now = systemClock();
/** Time stands still for the counts: none of them is forgotten while others are made. */
const replacements = { clock: () => now };

function guess(gateway: TestGateway, at: number) {
  return gateway.call('POST', '/login', {
    raw: new URLSearchParams({ email, password: 'a wrong guess' }).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: gateway.publicUrl,
      'x-forwarded-for': `203.0.113.${at}`,
    },
  });
}

/** How many of 60 guesses are heard that come from 60 addresses at once, by turns at each of these. */
async function heardOf(gateways: readonly TestGateway[]): Promise<number> {
  const guesses = Array.from({ length: 60 }, (_, at) => {
    const gateway = gateways[at % gateways.length];
    assert.ok(gateway);
    return guess(gateway, at);
  });
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  assert.deepEqual(
    statuses.filter((status) => status !== 401 && status !== 429),
    [],
  );
  return statuses.filter((status) => status === 401).length;
}

for (const engine of engines) {
  test(`two gateways in one process count for themselves, each with a ${engine.name} of its own`, {
    skip: engine.skip,
  }, async (t) => {
    const start = () =>
      startGateway(t, replacements, { trustedProxies: trustedProxies('127.0.0.1') }, engine);
    assert.equal(await heardOf([await start(), await start()]), 10);
  });
}

test('the log says that tries wait, once, and names nobody', async (t) => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
  const gateway = await startGateway(
    t,
    { ...replacements, log },
    { trustedProxies: trustedProxies('127.0.0.1') },
  );
  assert.equal(await heardOf([gateway]), 5);
  const told = lines
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === 'further tries have to wait');
  assert.deepEqual(
    told.map(({ level, rule, by }) => [level, rule, by]),
    [[40, 'password', 'account']],
  );
  for (const text of ['target', 'example.com', 'a wrong guess', '203.0.113.'])
    assert.ok(!lines.some((line) => line.includes(text)), text);
});

const postgres = engines.find(({ name }) => name === 'postgres');

describe('two gateways on one PostgreSQL', { skip: postgres?.skip }, () => {
  async function two(t: Cleanup): Promise<[TestGateway, TestGateway]> {
    const location = await postgres?.fresh(t);
    assert.ok(location?.engine === 'postgres');
    const config = {
      trustedProxies: trustedProxies('127.0.0.1'),
      databaseUrl: new Secret(location.url),
      secretKey: new Secret(randomBytes(32).toString('base64')),
    };
    const start = () => startGateway(t, replacements, config);
    return [await start(), await start()];
  }

  test('count together, exactly', async (t) => {
    const gateways = await two(t);
    assert.equal(await heardOf(gateways), 5);
    for (const gateway of gateways) {
      const refused = await guess(gateway, 99);
      assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '5']);
    }
  });
});
