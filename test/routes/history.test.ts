import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { exportInvocations } from '../../src/gateway/history/export-invocations.ts';
import type { InvocationRow } from '../../src/store/tables.ts';
import { type Answer, assertRefused } from '../support/gateway.ts';
import { historyRow, insertHistory } from '../support/history-rows.ts';
import { oddTexts } from '../support/odd-texts.ts';
import { fields, invocationFields, isoTime, onEachEngine } from './on-each-engine.ts';

const start = Date.UTC(2026, 0, 1);
const hour = 3600_000;
const takesUser = 'A session token cannot do this. It takes a user token, or a person who is signed in.';

onEachEngine('history', (here) => {
  let session: { readonly id: string; readonly token: string };
  let theirs: { readonly id: string; readonly token: string };
  before(async () => {
    session = await here().gateway.session();
    theirs = await here().gateway.session(here().stranger.token);
  });

  const organizationId = () => here().gateway.owner.organizationId;
  async function record(change: Partial<InvocationRow>): Promise<InvocationRow> {
    const row = historyRow({
      organization_id: organizationId(),
      session_id: session.id,
      created_at: start,
      ...change,
    });
    await insertHistory(here().gateway.gateway.store, [row]);
    return row;
  }

  const ask = (path: string, query: Record<string, string>, who: { token: string } = here().member) =>
    here().gateway.call('GET', `${path}?${new URLSearchParams(query).toString()}`, { token: who.token });
  const ids = ({ status, body }: Answer): string[] => {
    assert.equal(status, 200, JSON.stringify(body));
    return body.invocations.map((one: { id: string }) => one.id);
  };

  describe('of another organization', () => {
    const paths = ['/v1/invocations', '/v1/invocations/counts', '/v1/invocations/export'];

    test('is not found by its session', async () => {
      for (const path of paths) {
        const answer = await ask(path, { sessionId: theirs.id });
        assertRefused(answer, 404, 'not_found', 'There is no such session.');
      }
    });

    test('is not read with a session token, which reads its own session alone', async () => {
      for (const path of paths)
        for (const { token } of [session, theirs])
          assertRefused(await ask(path, { sessionId: session.id }, { token }), 403, 'forbidden', takesUser);
    });

    test('is in no list, no count and no file', async () => {
      const at = { from: new Date(start - hour).toISOString(), to: new Date(start).toISOString() };
      const secret = { created_at: start - 1, params: '{"x":"their plans"}', source_id: 'shared' };
      await record({
        ...secret,
        organization_id: here().stranger.organizationId,
        session_id: theirs.id,
      });
      const searches: Record<string, string>[] = [{}, { text: 'their plans' }, { sourceId: 'shared' }];
      for (const search of searches) {
        assert.deepEqual(ids(await ask('/v1/invocations', { ...at, ...search })), []);
        assert.equal((await ask('/v1/invocations/export', { ...at, ...search })).body, '');
        assert.equal(ids(await ask('/v1/invocations', { ...at, ...search }, here().stranger)).length, 1);
      }
      const { body } = await ask('/v1/invocations/counts', { ...at, sourceId: 'shared', buckets: '1' });
      assert.deepEqual(body.buckets, [{ at: at.from, counts: {} }]);
    });
  });

  describe('by text', () => {
    const find = async (text: string, more: Record<string, string> = {}) =>
      ids(await ask('/v1/invocations', { text, ...more }));

    test('is found wherever people see it, and not where they do not', async () => {
      const places: Partial<InvocationRow>[] = [
        { action_id: 'say_Quokka' },
        { source_id: 'connector:QUOKKA' },
        { params: '{"a":[{"b":"a quokka!"}]}' },
        { result: '"quokkas"' },
        { status: 'failed', error: 'no quokka' },
        { status: 'denied', denied_reason: 'Quokka' },
      ];
      const made: string[] = [];
      for (const place of places) made.unshift((await record(place)).id);
      await record({ params_sealed: 'quokka', decided_by: 'quokka', request_hash: 'quokka' });
      await record({ params: '{"a":"quok","b":"ka"}' });
      assert.deepEqual(await find('quokka'), made);
      assert.deepEqual(await find('QUOKKA'), made);
      assert.deepEqual(await find('quokkas'), [made[2]]);
      assert.deepEqual(await find('quokka', { status: 'failed' }), [made[1]]);
      assert.deepEqual(await find('quokka', { sourceId: 'connector:QUOKKA' }), [made[4]]);
      assert.deepEqual(await find('quokka', { sessionId: session.id, limit: '2' }), made.slice(0, 2));
      assert.deepEqual(await find('quokka', { cursor: made[3] ?? '' }), made.slice(4));
      assert.deepEqual(await find('quokka', { from: new Date(start + 1).toISOString() }), []);
      assert.deepEqual(await find('quokka', { to: new Date(start).toISOString() }), []);
    });

    test('means every character as it is', async () => {
      const { id: percent } = await record({ params: '{"a":"100% of it"}', error: 'q%w' });
      const { id: underscore } = await record({ params: '{"a":"snake_case"}' });
      const { id: star } = await record({ params: '{"a":"[a-z]*?"}' });
      assert.deepEqual(await find('0% of'), [percent]);
      assert.deepEqual(await find('0%f'), []);
      assert.deepEqual(await find('q%w'), [percent]);
      assert.deepEqual(await find('e_c'), [underscore]);
      assert.deepEqual(await find('k__ase'), []);
      assert.deepEqual(await find('[A-Z]*?'), [star]);
      assert.deepEqual(await find("' or 1=1 --"), []);
    });

    test('is found in JSON as people mean it, and as it is written', async () => {
      const said = { says: 'a "quoted" C:\\temp\\new\nline' };
      const { id } = await record({ params: JSON.stringify(said), error: 'in "C:\\logs"' });
      for (const text of [
        'a "quoted"',
        'C:\\temp\\new',
        'C:\\logs',
        '"says":"a',
        'new\\nline',
        '\\"quoted\\"',
      ])
        assert.deepEqual(await find(text), [id], text);
      assert.deepEqual(await find('"quoted" D'), []);
    });
  });

  describe('counted', () => {
    const count = async (query: Record<string, string>) => {
      const answer = await ask('/v1/invocations/counts', query);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body;
    };
    const iso = (ms: number) => new Date(ms).toISOString();

    test('shows what there was of each status in each part of the time', async () => {
      const day = start + 1000 * hour;
      for (const [ms, status] of [
        [0, 'completed'],
        [hour - 1, 'completed'],
        [hour - 1, 'failed'],
        [hour, 'denied'],
        [4 * hour - 1, 'completed'],
        [4 * hour, 'expired'],
        [-1, 'expired'],
      ] as const)
        await record({ created_at: day + ms, status, source_id: status === 'failed' ? 'other' : 'test' });
      const range = { from: iso(day), to: iso(day + 4 * hour), buckets: '4' };
      const at = (index: number) => iso(day + index * hour);
      assert.deepEqual(await count(range), {
        from: range.from,
        to: range.to,
        bucketMs: hour,
        buckets: [
          { at: at(0), counts: { completed: 2, failed: 1 } },
          { at: at(1), counts: { denied: 1 } },
          { at: at(2), counts: {} },
          { at: at(3), counts: { completed: 1 } },
        ],
        countedFrom: null,
      });
      const all = async (query: Record<string, string>) =>
        (await count({ ...range, ...query, buckets: '1' })).buckets[0].counts;
      assert.deepEqual(await all({ status: 'completed' }), { completed: 3 });
      assert.deepEqual(await all({ sourceId: 'other' }), { failed: 1 });
      assert.deepEqual(await all({ sessionId: session.id }), { completed: 3, failed: 1, denied: 1 });
      // Parts that are not whole: the last one is shorter.
      const uneven = await count({ ...range, buckets: '7' });
      assert.deepEqual([uneven.bucketMs, uneven.buckets.length], [Math.ceil((4 * hour) / 7), 7]);
      assert.deepEqual(uneven.buckets[6].counts, { completed: 1 });
      const short = await count({ from: iso(day), to: iso(day + 3), buckets: '120' });
      assert.deepEqual([short.bucketMs, short.buckets.length], [1, 3]);
    });

    test('covers the last day in 48 parts, unless the question says otherwise', async () => {
      const { gateway, time } = here();
      const own = await gateway.session();
      await own.invoke('look');
      time.now += 1;
      const answer = await count({ sessionId: own.id });
      assert.deepEqual(
        [answer.to, answer.from, answer.bucketMs, answer.buckets.length],
        [iso(time.now), iso(time.now - 24 * hour), hour / 2, 48],
      );
      assert.deepEqual(answer.buckets[47].counts, { completed: 1 });
      const before = await count({ to: iso(start) });
      assert.equal(before.from, iso(start - 24 * hour));
    });
  });

  describe('as a file', () => {
    const lines = (answer: Answer) => {
      assert.equal(answer.status, 200);
      assert.ok(answer.body === '' || answer.body.endsWith('\n'));
      return answer.body
        .split('\n')
        .slice(0, -1)
        .map((line: string) => JSON.parse(line));
    };

    async function many(count: number): Promise<{ sessionId: string; rows: InvocationRow[] }> {
      const { id: sessionId } = await here().gateway.session();
      const rows = Array.from({ length: count }, (_, index) =>
        historyRow({
          organization_id: organizationId(),
          session_id: sessionId,
          created_at: start + index,
          params: JSON.stringify({ index, text: index % 100 === 0 ? 'round' : 'odd\nlines' }),
        }),
      );
      await insertHistory(here().gateway.gateway.store, rows);
      return { sessionId, rows };
    }

    test('has each invocation in a line, newest first, as the list has it', async () => {
      const { sessionId, rows } = await many(450);
      const answer = await ask('/v1/invocations/export', { sessionId });
      const found = lines(answer);
      assert.deepEqual(
        found.map((one: { id: string }) => one.id),
        rows.map((row) => row.id).toReversed(),
      );
      assert.deepEqual(fields(found[0]), invocationFields);
      const { body } = await ask('/v1/invocations', { sessionId, limit: '2' });
      assert.deepEqual(found.slice(0, 2), body.invocations);
      const { headers } = answer;
      assert.equal(headers.get('content-type'), 'application/jsonl; charset=utf-8');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(
        headers.get('content-disposition'),
        `attachment; filename="assent-history-${new Date(here().time.now).toISOString().slice(0, 10)}.jsonl"`,
      );
      assert.match(found[0].createdAt, isoTime);
    });

    test('has what the filters ask for, and may have nothing', async () => {
      const { sessionId, rows } = await many(450);
      const find = async (query: Record<string, string>) =>
        lines(await ask('/v1/invocations/export', { sessionId, ...query })).map(
          (one: { id: string }) => one.id,
        );
      const expected = [400, 300, 200, 100, 0].map((index) => rows[index]?.id);
      assert.deepEqual(await find({ text: 'ROUND' }), expected);
      assert.deepEqual(await find({ to: new Date(start + 1).toISOString() }), [rows[0]?.id]);
      assert.deepEqual(await find({ status: 'failed' }), []);
    });

    test('holds nothing that hides, turns or is obeyed, and reads back as it was', async () => {
      const { gateway, owner } = here();
      const session = await gateway.session(owner.token);
      for (const { text } of oddTexts) await session.invoke('look', { text });
      const { body } = await ask('/v1/invocations/export', { sessionId: session.id });
      const found = String(body).trimEnd().split('\n').toReversed();
      assert.equal(found.length, oddTexts.length);
      for (const [at, { text, json }] of oddTexts.entries()) {
        assert.ok(found[at]?.includes(`"params":{"text":${json}}`), found[at]);
        assert.equal(JSON.parse(found[at] ?? '').params.text, text);
      }
    });

    test('sends its headers alone to whoever asks for no more', async () => {
      const { gateway, member } = here();
      const headers = { authorization: `Bearer ${member.token}` };
      const { status, headers: sent } = await fetch(`${gateway.address}/v1/invocations/export`, {
        method: 'HEAD',
        headers,
      });
      assert.equal(status, 200);
      assert.equal(sent.get('content-type'), 'application/jsonl; charset=utf-8');
    });

    test('breaks off where it fails, and does not end as if it were whole', async () => {
      const { gateway, member } = here();
      const { sessionId, rows } = await many(450);
      const spoil = async (index: number, params: string) => {
        await gateway.gateway.store.write((tx) =>
          tx
            .updateTable('action_invocations')
            .set({ params })
            .where('id', '=', rows[index]?.id ?? '')
            .execute(),
        );
      };
      // The second page does not parse.
      await spoil(100, '{"cut":');
      const url = `${gateway.address}/v1/invocations/export?sessionId=${sessionId}`;
      const response = await fetch(url, { headers: { authorization: `Bearer ${member.token}` } });
      assert.equal(response.status, 200);
      await assert.rejects(response.text(), { message: 'terminated' });
      await spoil(449, '{"cut":');
      const answer = await ask('/v1/invocations/export', { sessionId });
      assertRefused(answer, 500, 'internal', 'Something went wrong in the gateway. Its log says what.');
    });

    test('is read as far as it is taken, by whoever still may', async () => {
      const { gateway } = here().gateway;
      const { sessionId } = await many(450);
      const caller = { kind: 'user', role: 'member', userId: here().member.userId } as const;
      const begin = (gone: AbortSignal, mayStillRead: () => Promise<void>) =>
        exportInvocations(
          gateway,
          { ...caller, organizationId: organizationId() },
          { sessionId },
          gone,
          mayStillRead,
        );
      const gone = new AbortController();
      let asked = 0;
      const left = await begin(gone.signal, async () => {
        asked++;
      });
      await left.next();
      gone.abort(new Error('gone'));
      await assert.rejects(left.next(), { message: 'gone' });
      assert.equal(asked, 1);

      const revoked = await begin(new AbortController().signal, async () => {
        if (++asked > 2) throw new Error('revoked');
      });
      await revoked.next();
      await assert.rejects(revoked.next(), { message: 'revoked' });
    });

    test('breaks off when its token is revoked', async () => {
      const { gateway, owner } = here();
      const { sessionId, rows } = await many(4000);
      const text = 'x'.repeat(8000);
      await gateway.gateway.store.write((tx) =>
        tx
          .updateTable('action_invocations')
          .set({ params: JSON.stringify({ text }) })
          .where('session_id', '=', sessionId)
          .execute(),
      );
      const created = (await gateway.call('POST', '/v1/tokens', { ...owner, body: { name: 'file' } })).body;
      const url = `${gateway.address}/v1/invocations/export?sessionId=${sessionId}`;
      const response = await fetch(url, { headers: { authorization: `Bearer ${created.value}` } });
      assert.equal(response.status, 200);
      assert.ok(rows.length * text.length > 16 * 1024 * 1024, 'more than the connection holds');
      await gateway.call('DELETE', `/v1/tokens/${created.token.id}`, owner);
      await assert.rejects(response.text(), { message: 'terminated' });
    });
  });
});
