import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Limits } from '../../src/gateway/gateway.ts';
import { countInvocations } from '../../src/gateway/history/count-invocations.ts';
import { readInvocations } from '../../src/gateway/history/read-invocations.ts';
import { CleanupStack } from '../support/cleanup-stack.ts';
import { engines } from '../support/databases.ts';
import { assertRefused, startGateway, type TestGateway } from '../support/gateway.ts';
import { historyRow, insertHistory } from '../support/history-rows.ts';
import { poll } from '../support/poll.ts';

const limits: Partial<Limits> = { exportsPerGateway: 3 };
/** Long enough for three requests on a busy machine: what is given up sooner would leave room for the third. */
const unreadMs = 5_000;
const tooMany = '2 files of the history already. Wait for one to end, or stop it, and ask again.';
const tooManyInAll =
  '3 files of the history are being downloaded from this gateway already. Ask again when one may have ended.';
const tooMuch = '4 searches or counts of yours are under way already. Wait for one to end, and ask again.';

for (const engine of engines) {
  describe(`what one may ask of the history on ${engine.name}`, { skip: engine.skip }, () => {
    const ends = new CleanupStack();
    let gateway: TestGateway;
    let sessionId: string;
    before(async () => {
      gateway = await startGateway(ends, { limits }, {}, engine);
      sessionId = await fill(gateway);
    });
    after(() => ends.close());

    /** A history that is long enough to be left unread; the session that it belongs to. */
    async function fill(gateway: TestGateway): Promise<string> {
      const { id: sessionId } = await gateway.session();
      // 24 MB: more than the kernel takes off a server's hands.
      const rows = Array.from({ length: 1200 }, (_, index) =>
        historyRow({
          organization_id: gateway.owner.organizationId,
          session_id: sessionId,
          created_at: Date.UTC(2026, 0, 1) + index,
          params: JSON.stringify({ index, text: 'x'.repeat(10_000) }),
          result: JSON.stringify('x'.repeat(10_000)),
        }),
      );
      await insertHistory(gateway.gateway.store, rows);
      return sessionId;
    }

    const path = '/v1/invocations/export';
    /** A file that goes out and is not read; what is given leaves it. */
    async function leaveUnread(token: string, of = gateway): Promise<() => Promise<void>> {
      const leaving = new AbortController();
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(of.address + path, { headers, signal: leaving.signal });
      assert.equal(response.status, 200);
      return async () => {
        leaving.abort();
        await assert.rejects(response.text());
      };
    }
    const mayExport = (token: string, of = gateway) =>
      poll('a place for another file', async () => {
        const { status } = await fetch(of.address + path, {
          method: 'HEAD',
          headers: { authorization: `Bearer ${token}` },
        });
        return status === 200;
      });

    test('two files at a time are for each, and so many for all', async () => {
      const ann = await gateway.person('member');
      const bob = await gateway.person('member');
      const cid = await gateway.person('member');
      const left = [await leaveUnread(ann.token), await leaveUnread(ann.token)];
      const third = await gateway.call('GET', path, ann);
      assertRefused(third, 429, 'rate_limited', `You are downloading ${tooMany}`);
      assert.equal(third.headers.get('retry-after'), '10');
      left.push(await leaveUnread(bob.token));
      const inAll = await gateway.call('GET', path, cid);
      assertRefused(inAll, 429, 'rate_limited', tooManyInAll);
      assert.equal(inAll.headers.get('retry-after'), '10');
      for (const leave of left) await leave();
      await mayExport(ann.token);
    });

    test('a file that nobody reads is given up', async (t) => {
      const impatient = await startGateway(t, { limits: { ...limits, unreadMs } }, {}, engine);
      await fill(impatient);
      const { token } = await impatient.person('member');
      const left = [await leaveUnread(token, impatient), await leaveUnread(token, impatient)];
      assert.equal((await impatient.call('GET', path, { token })).status, 429);
      // Both clients still hold their connections.
      await mayExport(token, impatient);
      for (const leave of left) await leave();
    });

    test('one that is refused, and one whose head alone was asked for, hold no place', async () => {
      const { token } = await gateway.person('member');
      for (let time = 0; time < 3; time++) {
        assert.equal((await gateway.call('GET', `${path}?status=none`, { token })).status, 400);
        const unknown = `${path}?sessionId=${gateway.owner.organizationId}`;
        assert.equal((await gateway.call('GET', unknown, { token })).status, 404);
        assert.equal((await gateway.call('HEAD', path, { token })).status, 200);
      }
    });

    test('four searches and counts at a time are for each; what an index knows is for all', async () => {
      const { token, userId, organizationId } = await gateway.person('member');
      const caller = { kind: 'user', role: 'member', userId, organizationId } as const;
      const places = [1, 2, 3, 4].map(() => gateway.gateway.searches.acquire(caller));
      const get = (query: string, who = token) =>
        gateway.call('GET', `/v1/invocations${query}`, { token: who });
      const searches = ['?text=straw', '?status=completed&limit=1', '/counts'];
      for (const query of searches) {
        const answer = await get(query);
        assertRefused(answer, 429, 'rate_limited', tooMuch);
        assert.equal(answer.headers.get('retry-after'), '1');
        assert.equal((await get(query, gateway.ownerToken)).status, 200);
      }
      assert.equal((await get('?limit=1')).status, 200);
      assert.equal((await get(`?sessionId=${sessionId}&limit=1`)).status, 200);
      places.pop()?.[Symbol.dispose]();
      for (const query of [...searches, ...searches, '?text=x&sessionId=x'])
        assert.notEqual((await get(query)).status, 429);
      for (const place of places) place[Symbol.dispose]();
    });

    test('who has gone is no longer searched for, and holds no place', async () => {
      const { userId, organizationId } = await gateway.person('member');
      const caller = { kind: 'user', role: 'member', userId, organizationId } as const;
      const gone = AbortSignal.abort(new Error('gone'));
      for (let time = 0; time < 5; time++) {
        const search = readInvocations(gateway.gateway, caller, { text: 'straw', limit: 1 }, gone);
        await assert.rejects(search, { message: 'gone' });
        const count = countInvocations(gateway.gateway, caller, { buckets: 1 }, gone);
        await assert.rejects(count, { message: 'gone' });
      }
    });

    test('a page of large invocations has about a megabyte, and says where it goes on', async () => {
      const session = `/v1/sessions/${sessionId}/actions/invocations?limit=200`;
      for (const list of ['/v1/invocations?limit=200', session]) {
        const { status, body } = await gateway.call('GET', list, { token: gateway.ownerToken });
        assert.equal(status, 200);
        assert.ok(body.invocations.length > 40 && body.invocations.length < 60, body.invocations.length);
        assert.equal(body.nextCursor, body.invocations.at(-1).id);
        assert.equal(body.searchedTo, null);
      }
    });
  });
}
