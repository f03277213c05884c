import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused } from '../support/gateway.ts';
import { echo } from '../support/scripted-source.ts';
import { fields, invocationFields, onEachEngine } from './on-each-engine.ts';

interface Page {
  readonly invocations: readonly { readonly id: string; readonly status: string }[];
  readonly nextCursor: string | null;
}

onEachEngine('invocations', (here) => {
  const ids = (page: Page) => page.invocations.map(({ id }) => id);

  async function pending() {
    const session = await here().gateway.session();
    const { id } = (await session.invoke('change', { text: 'x' })).body.invocation;
    return { session, id, path: `/v1/sessions/${session.id}/actions/invocations/${id}` };
  }

  test('are listed in pages, newest first, each of them once', async () => {
    const { gateway, member } = here();
    const session = await gateway.session();
    const made: string[] = [];
    for (let index = 0; index < 5; index++) made.unshift((await session.invoke('look')).body.invocation.id);
    const own = { path: `/v1/sessions/${session.id}/actions/invocations?limit=2`, token: session.token };
    const all = { path: `/v1/invocations?sessionId=${session.id}&limit=2`, token: member.token };
    for (const { path, token } of [own, all]) {
      const pages: string[][] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { status, body } = await gateway.call('GET', cursor ? `${path}&cursor=${cursor}` : path, {
          token,
        });
        assert.equal(status, 200);
        assert.deepEqual(fields(body), ['invocations', 'nextCursor', 'searchedTo']);
        for (const one of body.invocations) assert.deepEqual(fields(one), invocationFields);
        pages.push(ids(body));
        cursor = body.nextCursor;
      }
      assert.deepEqual(
        pages.map((page) => page.length),
        [2, 2, 1],
      );
      assert.deepEqual(pages.flat(), made);
    }
  });

  test('have pages of 1 to 200, which end where the list does', async () => {
    const { gateway, owner } = here();
    const session = await gateway.session();
    await session.invoke('look');
    for (const limit of ['1', '200']) {
      const path = `/v1/sessions/${session.id}/actions/invocations?limit=${limit}`;
      const { status, body } = await gateway.call('GET', path, owner);
      assert.deepEqual([status, body.invocations.length, body.nextCursor], [200, 1, null]);
    }
  });

  test('are found by status, source, session and time', async () => {
    const { gateway, time, owner } = here();
    const session = await gateway.session();
    const start = time.now;
    const done = (await session.invoke('look')).body.invocation.id;
    time.now += 10_000;
    const waiting = (await session.invoke('change')).body.invocation.id;
    const denied = (await session.invoke('destroy')).body.invocation.id;
    const find = async (query: Record<string, string>) => {
      const { status, body } = await gateway.call(
        'GET',
        `/v1/invocations?${new URLSearchParams({ sessionId: session.id, ...query }).toString()}`,
        owner,
      );
      assert.equal(status, 200, JSON.stringify(body));
      return ids(body);
    };
    assert.deepEqual(await find({}), [denied, waiting, done]);
    assert.deepEqual(await find({ status: 'completed' }), [done]);
    assert.deepEqual(await find({ status: 'pending' }), [waiting]);
    assert.deepEqual(await find({ status: 'failed' }), []);
    assert.deepEqual(await find({ sourceId: 'test', status: 'denied' }), [denied]);
    assert.deepEqual(await find({ sourceId: 'tes' }), []);
    const at = (ms: number) => new Date(start + ms).toISOString();
    assert.deepEqual(await find({ from: at(10_000) }), [denied, waiting]);
    assert.deepEqual(await find({ to: at(10_000) }), [done]);
    assert.deepEqual(await find({ from: at(0), to: at(0) }), []);
    // Another offset is the same moment.
    const elsewhere = new Date(start + 10_000 + 2 * 3600_000).toISOString().replace('Z', '+02:00');
    assert.deepEqual(await find({ from: elsewhere }), [denied, waiting]);
    const own = await gateway.call(
      'GET',
      `/v1/sessions/${session.id}/actions/invocations?status=pending`,
      owner,
    );
    assert.deepEqual(ids(own.body), [waiting]);
  });

  test('members look at one, and do not decide it', async () => {
    const { gateway, member } = here();
    const { path, id } = await pending();
    const read = await gateway.call('GET', path, member);
    assert.deepEqual([read.status, read.body.invocation.id, fields(read.body)], [200, id, ['invocation']]);
    for (const verb of ['approve', 'deny']) {
      const refused = await gateway.call('POST', `${path}/${verb}`, { ...member, body: {} });
      assert.equal(refused.status, 403);
    }
    assert.equal((await gateway.call('GET', path, member)).body.invocation.status, 'pending');
  });

  test('an admin approves one, with an empty body or none', async () => {
    const { gateway, admin, source } = here();
    for (const sent of [{}, { body: {} }]) {
      const { path, id } = await pending();
      const before = source.calls.length;
      const { status, body } = await gateway.call('POST', `${path}/approve`, { token: admin.token, ...sent });
      assert.equal(status, 200);
      assert.deepEqual(fields(body), ['invocation', 'result']);
      assert.deepEqual(fields(body.invocation), invocationFields);
      assert.deepEqual(
        [body.invocation.id, body.invocation.status, body.invocation.decidedBy, body.result],
        [id, 'completed', admin.userId, { echoed: { text: 'x' } }],
      );
      assert.equal(source.calls.length, before + 1);
    }
  });

  test('an admin denies one, with a reason or without', async () => {
    const { gateway, admin, source } = here();
    const before = source.calls.length;
    const bodies = [{}, { body: {} }, { body: { reason: ' not like this ' } }];
    const reasons = ['denied by a person', 'denied by a person', 'not like this'];
    for (const [index, sent] of bodies.entries()) {
      const { path } = await pending();
      const { status, body } = await gateway.call('POST', `${path}/deny`, { token: admin.token, ...sent });
      assert.equal(status, 200);
      assert.deepEqual(fields(body), ['invocation']);
      const { invocation } = body;
      assert.deepEqual([invocation.status, invocation.deniedReason], ['denied', reasons[index]]);
      assert.deepEqual([invocation.decidedBy, invocation.result], [admin.userId, null]);
    }
    assert.equal(source.calls.length, before);
  });

  test('what is decided, or over, is not decided again', async () => {
    const { gateway, owner, time } = here();
    const decide = (path: string, verb: string) =>
      gateway.call('POST', `${path}/${verb}`, { ...owner, body: {} });
    const already = (status: string) =>
      `This invocation is ${status} already; only a pending one can be decided.`;
    const completed = await pending();
    await decide(completed.path, 'approve');
    const denied = await pending();
    await decide(denied.path, 'deny');
    const late = await pending();
    time.now += 5 * 60_000;
    for (const verb of ['approve', 'deny']) {
      assertRefused(await decide(completed.path, verb), 409, 'conflict', already('completed'));
      assertRefused(await decide(denied.path, verb), 409, 'conflict', already('denied'));
      const tooLate = 'This request has expired: nobody decided in time. The agent may ask again.';
      assertRefused(await decide(late.path, verb), 410, 'expired', tooLate);
    }
  });

  test('one that ran at once, or was denied by policy, cannot be decided', async () => {
    const { gateway, owner } = here();
    const session = await gateway.session();
    for (const [action, status] of [
      ['look', 'completed'],
      ['destroy', 'denied'],
    ] as const) {
      const { id } = (await session.invoke(action)).body.invocation;
      for (const verb of ['approve', 'deny']) {
        const path = `/v1/sessions/${session.id}/actions/invocations/${id}/${verb}`;
        const answer = await gateway.call('POST', path, { ...owner, body: {} });
        const says = `This invocation is ${status} already; only a pending one can be decided.`;
        assertRefused(answer, 409, 'conflict', says);
      }
    }
  });

  test('is not decided through another session of the same organization', async () => {
    const { gateway, owner } = here();
    const { id, path } = await pending();
    const other = await gateway.session();
    for (const verb of ['', '/approve', '/deny']) {
      const elsewhere = `/v1/sessions/${other.id}/actions/invocations/${id}${verb}`;
      const answer = await gateway.call(verb === '' ? 'GET' : 'POST', elsewhere, owner);
      assertRefused(answer, 404, 'not_found', 'There is no such invocation in this session.');
    }
    assert.equal((await gateway.call('GET', path, owner)).body.invocation.status, 'pending');
  });

  test('what fails after the approval says why, and stays on record', async () => {
    const { gateway, owner, source } = here();
    const { path } = await pending();
    source.answer = async () => {
      throw new Error('the disk is full');
    };
    const answer = await gateway.call('POST', `${path}/approve`, owner);
    source.answer = echo;
    assertRefused(answer, 502, 'action_failed', 'the disk is full');
    assert.deepEqual(fields(answer.body), ['error', 'invocation']);
    const { invocation } = (await gateway.call('GET', path, owner)).body;
    assert.deepEqual([invocation.status, invocation.error], ['failed', 'the disk is full']);
  });

  test('params that do not open with the key are not approved, and still wait', async () => {
    const { gateway, owner } = here();
    const [a, b] = [await pending(), await pending()];
    // The ciphertext of another invocation: bound to its own row, it does not open here.
    await gateway.gateway.store.write(async (tx) => {
      const rows = tx.selectFrom('action_invocations').select('params_sealed').where('id', '=', b.id);
      const { params_sealed } = await rows.executeTakeFirstOrThrow();
      await tx.updateTable('action_invocations').set({ params_sealed }).where('id', '=', a.id).execute();
    });
    assertRefused(
      await gateway.call('POST', `${a.path}/approve`, owner),
      503,
      'unavailable',
      'A stored secret does not open with this key. Start with the ASSENT_SECRET_KEY (or secret.key file) that it was stored with.',
    );
    assert.equal((await gateway.call('GET', a.path, owner)).body.invocation.status, 'pending');
    assert.equal((await gateway.call('POST', `${a.path}/deny`, owner)).status, 200);
  });
});
