// Gateways on one PostgreSQL, on machines whose clocks differ: the database's clock decides.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, type TestContext, test } from 'node:test';
import { Secret } from '../src/lib/secret.ts';
import type { FixtureOptions } from './fixtures/crashing-gateway.ts';
import { defer } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';
import { scriptedSource } from './support/scripted-source.ts';

const postgres = engines.find(({ name }) => name === 'postgres');
const fixture = join(import.meta.dirname, 'fixtures', 'crashing-gateway.ts');

interface Swept {
  /** How many expired, and how many were taken for abandoned. */
  readonly swept: readonly [number, number];
  readonly now: number;
}

describe('two gateways on machines with different clocks', { skip: postgres?.skip }, () => {
  /** One here, and one in a process whose machine is so far ahead. */
  async function set(t: TestContext, machineAheadMs: number) {
    const location = await postgres?.fresh(t);
    assert.ok(location?.engine === 'postgres');
    const secretKey = randomBytes(32).toString('base64');
    const source = scriptedSource();
    const here = await startGateway(
      t,
      { sourceKinds: [source.kind] },
      { databaseUrl: new Secret(location.url), secretKey: new Secret(secretKey) },
    );
    const folder = scratchFolder(t);
    const options: FixtureOptions = {
      dataDir: folder,
      executions: join(folder, 'executions'),
      databaseUrl: location.url,
      secretKey,
      machineAheadMs,
    };
    const child = fork(fixture, [JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    defer(t, async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    });
    assert.ok(child.stdout);
    await once(createInterface({ input: child.stdout }), 'line');
    const sweepThere = async () => {
      child.send('sweep');
      const [swept] = (await once(child, 'message')) as [Swept];
      return swept;
    };
    return { source, here, sweepThere, session: await here.session() };
  }

  for (const [name, aheadMs] of [
    ['half a minute ahead', 30_000],
    ['five minutes ahead', 301_000],
    ['an hour behind', -3_600_000],
  ] as const) {
    test(`${name}: what runs is not failed, and what waits does not expire`, async (t) => {
      const { source, here, sweepThere, session } = await set(t, aheadMs);
      const { invocation } = (await session.invoke('change')).body;
      source.answer = async () => {
        assert.deepEqual((await sweepThere()).swept, [0, 0]);
        return 'done';
      };
      const answer = await session.invoke('look');
      assert.deepEqual([answer.status, answer.body.result], [200, 'done']);
      source.answer = async () => 'changed';
      const path = `/v1/sessions/${session.id}/actions/invocations/${invocation.id}/approve`;
      assert.equal((await here.call('POST', path, { token: here.ownerToken })).status, 200);
      const apart = Math.abs((await sweepThere()).now - here.gateway.clock());
      assert.ok(apart < Math.abs(aheadMs) / 2, `the clocks are ${apart} ms apart`);
    });
  }
});
