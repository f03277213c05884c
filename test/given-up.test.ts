import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Limits } from '../src/gateway/gateway.ts';
import { recover } from '../src/gateway/invocations/sweep.ts';
import { newId } from '../src/lib/ids.ts';
import { engines } from './support/databases.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { scriptedSource } from './support/scripted-source.ts';

const inTime = 'The source did not answer in time. The action may or may not have been carried out.';

/** A source's answer that never comes, whatever its signal says; `asked` settles when the source was asked. */
function silence() {
  const asked = Promise.withResolvers<void>();
  const answer = (): Promise<never> => {
    asked.resolve();
    return new Promise(() => undefined);
  };
  return { asked: asked.promise, answer };
}

for (const engine of engines) {
  describe(`an execution that is given up, on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: TestContext, limits: Partial<Limits> = {}) {
      const source = scriptedSource();
      const gateway = await startGateway(t, { sourceKinds: [source.kind], limits }, {}, engine);
      const session = await gateway.session();
      const owner = { token: gateway.ownerToken };
      const pathOf = (id: string) => `/v1/sessions/${session.id}/actions/invocations/${id}`;
      const approve = (id: string) => gateway.call('POST', `${pathOf(id)}/approve`, owner);
      const read = async (id: string) => (await gateway.call('GET', pathOf(id), owner)).body.invocation;
      /** The one invocation that is under way. */
      const running = async () => {
        const { body } = await gateway.call('GET', '/v1/invocations?status=executing', owner);
        assert.equal(body.invocations.length, 1);
        return body.invocations[0].id as string;
      };
      return { source, gateway, session, approve, read, running };
    }

    test('its source never answers: it fails when its time is over, and says what nobody can know', async (t) => {
      const { source, session, approve, read } = await set(t, { executionMs: 30 });
      source.answer = silence().answer;
      const allowed = await session.invoke('look');
      assertRefused(allowed, 502, 'action_failed', inTime);
      const { id } = (await session.invoke('change')).body.invocation;
      assertRefused(await approve(id), 502, 'action_failed', inTime);
      for (const one of [allowed.body.invocation.id, id]) {
        const { status, error, result, completedAt } = await read(one);
        assert.deepEqual([status, error, result], ['failed', inTime, null]);
        assert.notEqual(completedAt, null);
      }
      assertRefused(await approve(id), 409, 'conflict', /^This invocation is failed already/);
      assert.equal(source.calls.length, 2, 'each was asked for once');
    });

    test('the gateway holds nothing of it, and stops', async (t) => {
      const { source, gateway, session } = await set(t, { executionMs: 30 });
      source.answer = silence().answer;
      await session.invoke('look');
      assert.equal(gateway.gateway.underWay.size, 0);
      await gateway.stop();
    });

    test('an answer that comes too late changes nothing', async (t) => {
      const { source, session, read } = await set(t, { executionMs: 30 });
      const late = Promise.withResolvers<string>();
      source.answer = () => late.promise;
      const { id } = (await session.invoke('look')).body.invocation;
      late.resolve('done after all');
      await late.promise;
      source.answer = async () => 'the next one';
      assert.equal((await session.invoke('look')).body.result, 'the next one');
      const { status, error, result } = await read(id);
      assert.deepEqual([status, error, result], ['failed', inTime, null]);
    });

    test('a stop gives it up after 30 seconds, records that, and ends', async (t) => {
      const { source, gateway, session } = await set(t);
      const { asked, answer } = silence();
      source.answer = answer;
      const asking = session.invoke('look');
      await asked;
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const stopped = gateway.stop();
      t.mock.timers.tick(29_999);
      assert.equal(gateway.gateway.givingUp.signal.aborted, false);
      t.mock.timers.tick(1);
      t.mock.timers.reset();
      assertRefused(await asking, 502, 'action_failed', inTime);
      await stopped;
    });

    test('one that had not begun when the gateway gave up is not sent', async (t) => {
      const { source, gateway, session } = await set(t);
      gateway.gateway.givingUp.abort();
      const { body } = await session.invoke('look');
      assert.equal(body.error.message, 'The gateway is stopping. Nothing was sent.');
      assert.deepEqual(source.calls, []);
    });

    test('another gateway has ended it meanwhile: who asked is told, and what is on record stays', async (t) => {
      const { source, gateway, session, read, running } = await set(t);
      const begun = Promise.withResolvers<void>();
      const release = Promise.withResolvers<string>();
      source.answer = () => {
        begun.resolve();
        return release.promise;
      };
      const asking = session.invoke('look');
      await begun.promise;
      const id = await running();
      const announced: string[] = [];
      gateway.gateway.bus.subscribe({
        wants: () => true,
        hear: ({ payload }) => announced.push(payload.invocation.status),
        missed: () => undefined,
      });
      // As one that shares the database does it, when the lease has run out.
      const { gateway: here } = gateway;
      const other = { ...here, id: newId(), clock: () => here.clock() + here.limits.leaseMs + 1 };
      assert.equal(await recover(other, { alone: false }), 1);
      release.resolve('done');
      const words = 'The execution took so long that it was given up. Look at its status.';
      assertRefused(await asking, 409, 'conflict', words);
      const { status, error, result } = await read(id);
      assert.deepEqual([status, error, result], ['failed', 'interrupted_outcome_unknown', null]);
      assert.deepEqual(announced, ['failed'], 'its end is announced once');
      assert.equal(here.underWay.size, 0);
    });
  });
}
