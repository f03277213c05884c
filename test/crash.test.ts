import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, type TestContext, test } from 'node:test';
import type { FixtureOptions, FixtureReady } from './fixtures/crashing-gateway.ts';
import { defer } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { scratchFolder } from './support/scratch.ts';

interface Running extends FixtureReady {
  readonly child: ChildProcess;
  call(method: string, path: string, token: string, body?: unknown): Promise<{ status: number; body: Wire }>;
}

interface Wire {
  readonly invocation: {
    id: string;
    sessionId: string;
    status: string;
    error: string | null;
    result: unknown;
  };
  readonly result?: unknown;
}

interface Page {
  readonly invocations: Wire['invocation'][];
  readonly nextCursor: string | null;
}

for (const engine of engines) {
  describe(`killed with SIGKILL, on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: TestContext) {
      const folder = scratchFolder(t);
      const location = await engine.migrated(t);
      const base: FixtureOptions = {
        dataDir: folder,
        executions: join(folder, 'executions'),
        ...(location.engine === 'postgres' && { databaseUrl: location.url }),
      };
      const executions = () =>
        existsSync(base.executions) ? readFileSync(base.executions, 'utf8').split('\n').length - 1 : 0;
      const run = (change: Partial<FixtureOptions> = {}) => runFixture(t, { ...base, ...change });
      // Past any lease that the dead one held: another gateway on the same PostgreSQL waits for that.
      const restart = () => run({ aheadMs: 60_000 });
      return { run, restart, executions };
    }

    test('while pending: it still waits, and can be approved', async (t) => {
      const { run, restart, executions } = await set(t);
      const first = await run();
      const { invocation } = await invoke(first, 'change', 202);
      await kill(first);
      const second = await restart();
      assert.equal((await read(second, invocation)).status, 'pending');
      const path = `/v1/sessions/${invocation.sessionId}/actions/invocations/${invocation.id}/approve`;
      const approved = await second.call('POST', path, second.ownerToken);
      assert.equal(approved.status, 200);
      assert.deepEqual(approved.body.invocation.result, { done: 'hello' });
      assert.equal(executions(), 1);
    });

    test('while approved: it certainly did not run, and does not later', async (t) => {
      const { run, restart, executions } = await set(t);
      const first = await run({ killAt: 'approved' });
      const { invocation } = await invoke(first, 'change', 202);
      first.child.send('approving');
      await once(first.child, 'message');
      await assert.rejects(approve(first, invocation));
      await ended(first);
      const { status, error } = await read(await restart(), invocation);
      assert.deepEqual({ status, error }, { status: 'failed', error: 'interrupted_before_execution' });
      assert.equal(executions(), 0);
    });

    test('while executing: nobody can know, and it does not run again', async (t) => {
      const { run, restart, executions } = await set(t);
      const first = await run({ killAt: 'executing' });
      const { invocation } = await invoke(first, 'change', 202);
      await assert.rejects(approve(first, invocation));
      await ended(first);
      const { status, error } = await read(await restart(), invocation);
      assert.deepEqual({ status, error }, { status: 'failed', error: 'interrupted_outcome_unknown' });
      assert.equal(executions(), 0);
    });

    test('at any moment under load: nothing that was acknowledged is lost, and nothing runs twice', async (t) => {
      const { run, restart, executions } = await set(t);
      const first = await run();
      const acknowledged: Wire['invocation'][] = [];
      const agent = async (index: number) => {
        for (;;) {
          const answer = await invokeAny(first, index % 2 ? 'look' : 'change').catch(() => undefined);
          if (answer === undefined) return;
          acknowledged.push(answer.body.invocation);
          // The kill falls into whatever the other agents are in the middle of.
          if (acknowledged.length === 200) first.child.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: 16 }, (_, index) => agent(index)));
      const second = await restart();
      for (const invocation of acknowledged) {
        const { status, result } = await read(second, invocation);
        assert.deepEqual({ status, result }, { status: invocation.status, result: invocation.result });
      }
      const completed = acknowledged.filter(({ status }) => status === 'completed').length;
      assert.ok(acknowledged.length >= 200 && completed > 0);
      // At most the ones under way at the kill ran without an answer.
      assert.ok(
        executions() >= completed && executions() <= completed + 16,
        `${executions()} of ${completed}`,
      );
      assert.deepEqual(await underWay(second), []);
    });

    test('at any moment: what is recorded as done has all of its result, and nothing else has one', async (t) => {
      const { run, restart } = await set(t);
      const first = await run();
      const text = 'x'.repeat(50_000);
      let acknowledged = 0;
      const agent = async () => {
        while ((await invokeAny(first, 'look', text).catch(() => undefined)) !== undefined) {
          acknowledged++;
          if (acknowledged === 60) first.child.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: 8 }, agent));
      const second = await restart();
      const path = `/v1/sessions/${first.sessionId}/actions/invocations`;
      const invocations: Wire['invocation'][] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const list = await second.call('GET', `${path}?limit=50${cursor}`, first.sessionToken);
        const page = list.body as unknown as Page;
        invocations.push(...page.invocations);
        cursor = page.nextCursor === null ? null : `&cursor=${page.nextCursor}`;
      }
      const completed = invocations.filter(({ status }) => status === 'completed').length;
      assert.ok(completed >= 60, `${completed} of ${invocations.length}`);
      for (const { id, status } of invocations) {
        const whole = await second.call('GET', `${path}/${id}/result`, first.sessionToken);
        if (status === 'completed')
          assert.deepEqual([whole.status, whole.body.result], [200, { done: text }], id);
        else assert.equal(whole.status, 409, status);
      }
    });

    test('SIGTERM lets an execution end, and its answer arrive', async (t) => {
      const { run, restart } = await set(t);
      const first = await run();
      const answers = Promise.all(Array.from({ length: 8 }, () => invoke(first, 'look', 200)));
      const one = await invoke(first, 'look', 200);
      first.child.kill('SIGTERM');
      const code = await ended(first);
      assert.equal(code, 0);
      const all = [one, ...(await answers)];
      const second = await restart();
      for (const { invocation } of all) assert.equal((await read(second, invocation)).status, 'completed');
    });
  });
}

async function runFixture(t: TestContext, options: FixtureOptions): Promise<Running> {
  const script = join(import.meta.dirname, 'fixtures', 'crashing-gateway.ts');
  const child = fork(script, [JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  defer(t, () => kill({ child }));
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = JSON.parse(line) as FixtureReady;
    return { ...ready, child, call: (...request) => call(ready.address, ...request) };
  }
  throw new Error('the fixture ended before it answered');
}

async function kill({ child }: { child: ChildProcess }): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function call(address: string, method: string, path: string, token: string, body?: unknown) {
  const response = await fetch(address + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Wire };
}

function invokeAny(gateway: Running, actionId: string, text = 'hello') {
  const path = `/v1/sessions/${gateway.sessionId}/actions/invoke`;
  return gateway.call('POST', path, gateway.sessionToken, {
    sourceId: 'test',
    actionId,
    params: { text },
  });
}

async function invoke(gateway: Running, actionId: string, expected: number): Promise<Wire> {
  const { status, body } = await invokeAny(gateway, actionId);
  assert.equal(status, expected, JSON.stringify(body));
  return body;
}

function approve(gateway: Running, { id, sessionId }: Wire['invocation']) {
  return gateway.call(
    'POST',
    `/v1/sessions/${sessionId}/actions/invocations/${id}/approve`,
    gateway.ownerToken,
  );
}

async function read(gateway: Running, { id, sessionId }: Wire['invocation']): Promise<Wire['invocation']> {
  const path = `/v1/sessions/${sessionId}/actions/invocations/${id}`;
  return (await gateway.call('GET', path, gateway.ownerToken)).body.invocation;
}

async function underWay(gateway: Running): Promise<unknown[]> {
  const lists = await Promise.all(
    ['approved', 'executing'].map((status) =>
      gateway.call('GET', `/v1/invocations?status=${status}`, gateway.ownerToken),
    ),
  );
  return lists.flatMap(({ body }) => (body as unknown as { invocations: unknown[] }).invocations);
}

/** Gives the exit code. It may have ended before anybody waits for it. */
async function ended({ child }: Running): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}
