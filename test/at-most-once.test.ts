import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Cleanup } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { type Answer, startGateway } from './support/gateway.ts';
import { scriptedSource } from './support/scripted-source.ts';

/** How many answers have each status and code. */
function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const key = body.error === undefined ? String(status) : `${status} ${body.error.code}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const many = <Value>(count: number, work: (index: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

for (const engine of engines) {
  describe(`at most once, on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: Cleanup) {
      const source = scriptedSource();
      const gateway = await startGateway(t, { sourceKinds: [source.kind] }, {}, engine);
      return { source, gateway, session: await gateway.session(), owner: { token: gateway.ownerToken } };
    }

    test('50 approvals at the same moment execute once', async (t) => {
      const { source, gateway, session, owner } = await set(t);
      const { id } = (await session.invoke('change')).body.invocation;
      const approve = () =>
        gateway.call('POST', `/v1/sessions/${session.id}/actions/invocations/${id}/approve`, owner);
      assert.deepEqual(tally(await many(50, approve)), { 200: 1, '409 conflict': 49 });
      assert.equal(source.calls.length, 1);
    });

    test('approvals and denials that race: one of them wins', async (t) => {
      const { source, gateway, session, owner } = await set(t);
      const { id } = (await session.invoke('change')).body.invocation;
      const decide = (index: number) =>
        gateway.call(
          'POST',
          `/v1/sessions/${session.id}/actions/invocations/${id}/${index % 2 ? 'approve' : 'deny'}`,
          owner,
        );
      const counts = tally(await many(40, decide));
      assert.deepEqual(counts, { 200: 1, '409 conflict': 39 });
      const { body } = await gateway.call(
        'GET',
        `/v1/sessions/${session.id}/actions/invocations/${id}`,
        owner,
      );
      assert.equal(source.calls.length, body.invocation.status === 'completed' ? 1 : 0);
    });

    test('50 invokes under one Idempotency-Key execute once, also while the first is running', async (t) => {
      const { source, session } = await set(t);
      const release = Promise.withResolvers<void>();
      source.answer = async () => {
        await release.promise;
        return 'done';
      };
      let answered = 0;
      const answers = await many(50, async () => {
        const answer = await session.invoke('look', {}, { 'idempotency-key': 'same' });
        // All but the one that executes are answered while it runs.
        if (++answered === 49) release.resolve();
        return answer;
      });
      assert.equal(new Set(answers.map(({ body }) => body.invocation.id)).size, 1);
      assert.deepEqual(tally(answers), { 200: 1, 202: 49 });
      assert.equal(source.calls.length, 1);
    });

    test('the rate limit is exact under 100 concurrent invokes', async (t) => {
      const { session, source } = await set(t);
      assert.deepEqual(tally(await many(100, () => session.invoke('look'))), {
        200: 60,
        '429 rate_limited': 40,
      });
      assert.equal(source.calls.length, 60);
    });

    test('the pending limit is exact under concurrent invokes', async (t) => {
      const { session } = await set(t);
      assert.deepEqual(tally(await many(60, () => session.invoke('change'))), {
        202: 10,
        '429 pending_limit': 50,
      });
    });
  });
}
