import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { feed } from '../src/gateway/events/feed.ts';
import type { Limits } from '../src/gateway/gateway.ts';
import { sha256 } from '../src/lib/hash.ts';
import type { Cleanup } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { bareSocket, gist, listen, refusedUpgrade, upgrade } from './support/events.ts';
import { assertRefused, startGateway, type TestGateway, type TestSession } from './support/gateway.ts';
import { scriptedSource } from './support/scripted-source.ts';

/** Until it succeeds: the gateway may hear of a closed connection a moment after its client. */
async function eventually<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch {
      await new Promise(setImmediate);
    }
  }
}

/** The cookie of a browser that is signed in. */
async function signIn(gateway: TestGateway, person: { token: string }): Promise<string> {
  const { body } = await gateway.call('POST', '/v1/login-links', person);
  const token = new URL(body.link).searchParams.get('token') ?? '';
  const { headers } = await gateway.call('POST', '/login', {
    raw: new URLSearchParams({ token }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: gateway.publicUrl },
  });
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

const ended = 'POST /v1/events/tickets gives a new one.';

for (const engine of engines) {
  describe(`events on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: Cleanup, limits: Partial<Limits> = {}) {
      const source = scriptedSource();
      const time = { now: Date.now() };
      const gateway = await startGateway(
        t,
        { sourceKinds: [source.kind], clock: () => time.now, limits },
        {},
        engine,
      );
      const owner = { token: gateway.ownerToken };
      const session = await gateway.session();
      const decide = (
        { id }: { id: string },
        verb: 'approve' | 'deny',
        body = {},
        of: TestSession = session,
      ) =>
        gateway.call('POST', `/v1/sessions/${of.id}/actions/invocations/${id}/${verb}`, { ...owner, body });
      const ofSession = (one = session) => `/v1/sessions/${one.id}/events`;
      const all = (after?: string) =>
        listen(t, gateway.address, `/v1/events${after === undefined ? '' : `?after=${after}`}`, owner);
      const ask = async (action = 'change', of = session) =>
        (await of.invoke(action)).body.invocation as { id: string };
      const ticket = async (token = owner.token) => {
        const { status, body } = await gateway.call('POST', '/v1/events/tickets', { token });
        assert.equal(status, 201, JSON.stringify(body));
        return body.ticket as string;
      };
      const refused = (path: string, opening = {}) => refusedUpgrade(gateway.address, path, opening);
      return { source, time, gateway, owner, session, decide, ofSession, all, ask, ticket, refused };
    }

    describe('refuse, before the upgrade and in the words of every other route,', () => {
      test('who is nobody, and whose token is another kind of thing', async (t) => {
        const { session, ofSession, refused } = await set(t);
        for (const path of ['/v1/events', ofSession()]) {
          const answer = await refused(path);
          assertRefused(answer, 401, 'unauthenticated', /^Send a token as "Authorization: Bearer …"\./);
          assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
          assertRefused(
            await refused(path, { token: `ast_u_${'x'.repeat(43)}` }),
            401,
            'unauthenticated',
            'This token is unknown here. Check that it is complete, and that it belongs to this gateway.',
          );
        }
        assertRefused(
          await refused('/v1/events', session),
          403,
          'forbidden',
          'A session token cannot do this. It takes a user token, or a person who is signed in.',
        );
        assertRefused(
          await refused('/v1/secrets', { token: session.token }),
          403,
          'forbidden',
          /^A session token cannot/,
        );
      });

      test("another session's, and another organization's", async (t) => {
        const { gateway, session, ofSession, refused } = await set(t);
        const other = await gateway.session();
        const stranger = await gateway.person('owner', await gateway.organization());
        for (const { token } of [other, stranger]) {
          assertRefused(
            await refused(ofSession(session), { token }),
            404,
            'not_found',
            'There is no such session.',
          );
        }
      });

      test("whoever has the reader's cookie alone, and no page of ours that has a ticket", async (t) => {
        const { gateway, owner, ask, refused } = await set(t);
        const cookie = await signIn(gateway, owner);
        const foreign = [{ cookie }, { cookie, origin: 'https://evil.example' }, { cookie, origin: 'null' }];
        for (const headers of foreign) {
          assertRefused(
            await refused('/v1/events', { headers }),
            403,
            'forbidden',
            `This must be sent by a page of this gateway, at ${gateway.publicUrl}.`,
          );
        }
        const headers = { cookie, origin: gateway.publicUrl };
        assertRefused(await refused('/v1/events', { headers }), 401, 'unauthenticated', /^Send a token/);
        const { body } = await gateway.call('POST', '/v1/events/tickets', { headers });
        const protocols = ['assent.events.v1', `assent.ticket.${body.ticket}`];
        const listener = await listen(t, gateway.address, '/v1/events', { headers, protocols });
        const { id } = await ask();
        assert.equal(gist(await listener.next()), `action_approval_request pending ${id}`);
      });

      test('a cursor that is none', async (t) => {
        const { owner, refused } = await set(t);
        for (const after of ['', 'x', 'e1-', `e1-${'z'.repeat(10)}`, 'e2-0']) {
          assertRefused(
            await refused(`/v1/events?after=${after}`, owner),
            400,
            'invalid_request',
            'The query is not valid at /after: not a cursor of an event.',
          );
        }
      });

      test('more than their number', async (t) => {
        const { gateway, session, ofSession, all, refused, owner } = await set(t, {
          socketsPerCaller: 2,
          socketsPerGateway: 3,
        });
        const [first] = [await all(), await all()];
        assertRefused(
          await refused('/v1/events', owner),
          429,
          'rate_limited',
          'You are listening on 2 connections already. Close one, and open this again.',
        );
        await listen(t, gateway.address, ofSession(), session);
        const person = await gateway.person('member');
        assertRefused(
          await refused('/v1/events', person),
          503,
          'unavailable',
          '3 connections are listening to this gateway already. Ask for the invocations instead, or try later.',
        );
        await first.close();
        await eventually(all);
      });
    });

    describe('a ticket', () => {
      const protocols = (ticket: string) => ['assent.events.v1', `assent.ticket.${ticket}`];

      test('opens one connection, as who asked for it, and is kept as a hash', async (t) => {
        const { gateway, session, ofSession, ask, ticket, refused } = await set(t);
        const made = await ticket(session.token);
        const rows = await gateway.gateway.store.db.selectFrom('one_time_links').selectAll().execute();
        assert.ok(!JSON.stringify(rows).includes(made));
        assert.ok(rows.some(({ token_hash }) => token_hash === sha256(made)));
        const listener = await listen(t, gateway.address, ofSession(), { protocols: protocols(made) });
        assert.equal(listener.protocol, 'assent.events.v1');
        const { id } = await ask();
        assert.equal(gist(await listener.next()), `action_approval_request pending ${id}`);
        assertRefused(
          await refused(ofSession(), { protocols: protocols(made) }),
          401,
          'unauthenticated',
          `This ticket is unknown, was used already, or is older than 30 seconds. ${ended}`,
        );
      });

      test('is no more than its maker: a session cannot hear the organization with it', async (t) => {
        const { session, ticket, refused } = await set(t);
        const opening = { protocols: protocols(await ticket(session.token)) };
        assertRefused(
          await refused('/v1/events', opening),
          403,
          'forbidden',
          /^A session token cannot do this\./,
        );
      });

      test('is over after 30 seconds, and is none where no WebSocket is opened', async (t) => {
        const { gateway, time, owner, ticket, refused } = await set(t);
        const { body } = await gateway.call('POST', '/v1/events/tickets', owner);
        assert.equal(Date.parse(body.expiresAt) - time.now, 30_000);
        const plain = await gateway.call('GET', '/v1/status', {
          headers: { 'sec-websocket-protocol': protocols(body.ticket).join(', ') },
        });
        assertRefused(plain, 401, 'unauthenticated', /^Send a token/);
        time.now += 30_000;
        const late = await refused('/v1/events', { protocols: protocols(body.ticket) });
        assertRefused(late, 401, 'unauthenticated', new RegExp(`older than 30 seconds\\. ${ended}$`));
        await ticket();
        const rows = await gateway.gateway.store.db
          .selectFrom('one_time_links')
          .selectAll()
          .where('purpose', '=', 'event_ticket')
          .execute();
        assert.equal(rows.length, 1);
      });

      test('ends with the token it was made for', async (t) => {
        const { gateway, owner, ticket, refused } = await set(t, { heartbeatMs: 1000 });
        const made = (await gateway.call('POST', '/v1/tokens', { ...owner, body: { name: 'page' } })).body;
        const opened = await ticket(made.value);
        const unused = await ticket(made.value);
        const listener = await listen(t, gateway.address, '/v1/events', { protocols: protocols(opened) });
        await gateway.call('DELETE', `/v1/tokens/${made.token.id}`, owner);
        assert.deepEqual(await listener.closed, { code: 1008, reason: 'unauthenticated' });
        assertRefused(
          await refused('/v1/events', { protocols: protocols(unused) }),
          401,
          'unauthenticated',
          'This token has been revoked. Log in again with `assent login`.',
        );
      });
    });

    test('whose token has ended is told nothing that comes after, nor answered what it waits for', async (t) => {
      const { gateway, owner, session, decide, ask, ofSession } = await set(t, { admittedMs: 0 });
      const made = (await gateway.call('POST', '/v1/tokens', { ...owner, body: { name: 'page' } })).body;
      const own = { token: made.value };
      const first = await ask();
      const listener = await listen(t, gateway.address, ofSession(), own);
      const path = `/v1/sessions/${session.id}/actions/invocations/${first.id}?wait=60`;
      const waits = gateway.call('GET', path, own);
      // It waits once the next request of its bearer is answered.
      assert.equal((await gateway.call('GET', '/v1/me', own)).status, 200);
      await gateway.call('DELETE', `/v1/tokens/${made.token.id}`, owner);
      await decide(first, 'deny', { reason: 'for insiders' });
      assert.deepEqual(await listener.closed, { code: 1008, reason: 'unauthenticated' });
      assert.deepEqual(listener.unread(), []);
      const says = 'This token has been revoked. Log in again with `assent login`.';
      assertRefused(await waits, 401, 'unauthenticated', says);
    });

    test('every kind comes, to whom it concerns, as the invocation is read', async (t) => {
      const { gateway, session, owner, decide, ofSession, all, ask, time, source } = await set(t);
      const other = await gateway.session();
      const stranger = await gateway.person('owner', await gateway.organization());
      const listening = {
        organization: await all(),
        session: await listen(t, gateway.address, ofSession(), session),
        other: await listen(t, gateway.address, ofSession(other), other),
        stranger: await listen(t, gateway.address, '/v1/events', { token: stranger.token }),
      };
      const read = async ({ id }: { id: string }) =>
        (await gateway.call('GET', `/v1/invocations/${id}`, owner)).body.invocation;
      const both = async () => {
        const event = await listening.organization.next();
        assert.deepEqual(await listening.session.next(), event);
        assert.deepEqual(event.payload.invocation, await read(event.payload.invocation));
        return gist(event);
      };

      const approved = await ask();
      assert.equal(await both(), `action_approval_request pending ${approved.id}`);
      await decide(approved, 'approve');
      assert.equal(await both(), `action_completed completed ${approved.id}`);

      const denied = await ask();
      await both();
      await decide(denied, 'deny', { reason: 'no' });
      assert.equal(await both(), `action_approval_result denied ${denied.id}`);

      const looked = await ask('look');
      assert.equal(await both(), `action_completed completed ${looked.id}`);
      source.answer = () => Promise.reject(new Error('no such thing'));
      const failed = await ask('look');
      assert.equal(await both(), `action_completed failed ${failed.id}`);

      // What policy denies at once is answered to who asked, and is nobody's news.
      await ask('destroy');
      const late = await ask();
      await both();
      time.now += gateway.gateway.limits.pendingExpiryMs;
      assert.equal(await both(), `action_approval_result expired ${late.id}`);

      const theirs = await ask('look', other);
      assert.equal(gist(await listening.other.next()), `action_completed failed ${theirs.id}`);
      assert.deepEqual(
        [listening.session, listening.other, listening.stranger].map((one) => one.unread()),
        [[], [], []],
      );
    });

    test('what was missed is told first, then what is new: nothing twice, and nothing of others', async (t) => {
      const { gateway, session, decide, ofSession, all, ask } = await set(t);
      const other = await gateway.session();
      const before = await all();
      const [first, second, third] = [await ask(), await ask(), await ask()];
      for (const one of [first, second, third])
        assert.equal(gist(await before.next()), `action_approval_request pending ${one.id}`);
      await before.close();
      await decide(first, 'approve');
      await decide(second, 'deny');
      const fourth = await ask('look');
      const foreign = await ask('change', other);
      await ask('destroy');

      const again = await all(before.cursor());
      const expected = [
        `action_approval_request pending ${third.id}`,
        `action_completed completed ${first.id}`,
        `action_approval_result denied ${second.id}`,
        `action_completed completed ${fourth.id}`,
        `action_approval_request pending ${foreign.id}`,
      ];
      assert.deepEqual(again.missed.map(gist).toSorted(), expected.toSorted());
      await decide(third, 'approve');
      assert.equal(gist(await again.next()), `action_completed completed ${third.id}`);
      assert.deepEqual(again.unread(), []);

      const path = `${ofSession(other)}?after=${before.cursor()}`;
      const own = await listen(t, gateway.address, path, other);
      assert.deepEqual(own.missed.map(gist), [`action_approval_request pending ${foreign.id}`]);
      // Without a cursor, nothing that was before.
      assert.deepEqual((await listen(t, gateway.address, ofSession(), session)).missed, []);
    });

    test('what happens while the missed is told comes once, and after it', async (t) => {
      const { gateway, decide, all, ask } = await set(t);
      const start = await all();
      const [first, second] = [await ask(), await ask()];
      const [asked] = [await start.next(), await start.next()];
      const told: string[] = [];
      const ended = new AbortController();
      t.after(() => ended.abort());
      const scope = { organizationId: gateway.owner.organizationId };
      let third: { id: string } | undefined;
      const reader = {
        take: async (text: string) => {
          const message = JSON.parse(text);
          told.push(message.type === 'subscribed' ? 'subscribed' : gist(message));
          if (third !== undefined || message.type === 'subscribed') return;
          await decide(second, 'approve');
          third = await ask();
        },
        lost: () => assert.fail('nothing was lost'),
      };
      const done = feed(gateway.gateway, scope, start.cursor(), reader, ended.signal);
      // Comes while the database is read, which knows of it too.
      gateway.gateway.bus.hear(asked);
      await done;
      assert.deepEqual(told, [
        `action_approval_request pending ${first.id}`,
        `action_approval_request pending ${second.id}`,
        'subscribed',
        `action_completed completed ${second.id}`,
        `action_approval_request pending ${third?.id}`,
      ]);
    });

    test('more than is told at once ends the connection, and says what to do', async (t) => {
      const { gateway, owner, all, ask } = await set(t, { replayEvents: 2 });
      const start = await all();
      for (let index = 0; index < 2; index++) await ask('look');
      assert.equal((await all(start.cursor())).missed.length, 2);
      await ask('look');
      const socket = new WebSocket(`${gateway.address}/v1/events?after=${start.cursor()}`, {
        headers: { authorization: `Bearer ${owner.token}` },
      });
      const [{ code, reason }] = (await once(socket, 'close')) as [CloseEvent];
      assert.deepEqual(
        [code, reason],
        [4010, 'more was missed than is told; read the list, then connect without ?after='],
      );
    });

    test('a reader that does not read is dropped, and delays nobody', async (t) => {
      const { gateway, session, ofSession, all, ask, source } = await set(t, { socketsPerCaller: 1 });
      source.answer = async () => ({ text: 'x'.repeat(9000) });
      const quick = await all();
      const slow = await bareSocket(t, gateway.address, ofSession(), session);
      slow.pause();
      await ask('look');
      const large = await quick.next();
      const isDropped = async () => 'socket' in (await upgrade(gateway.address, ofSession(), session));
      let rounds = 0;
      while (!(await isDropped())) {
        rounds++;
        for (let index = 0; index < 50; index++) gateway.gateway.bus.hear(large);
        for (let index = 0; index < 50; index++) assert.deepEqual(await quick.next(), large);
      }
      // Not before what may lie unread does.
      assert.ok(rounds * 50 * 9000 > 1024 * 1024, `${rounds} rounds`);
    });

    test('a peer that gives no sign of life is dropped, one that does stays', async (t) => {
      const { gateway, session, ofSession, all, ask } = await set(t, { heartbeatMs: 1000 });
      const lively = await all();
      const silent = await bareSocket(t, gateway.address, ofSession(), session);
      silent.resume();
      const began = performance.now();
      await once(silent, 'close');
      assert.ok(performance.now() - began >= 1000);
      const { id } = await ask();
      assert.equal(gist(await lively.next()), `action_approval_request pending ${id}`);
    });

    test('a revoked session, a removed member and another role hear no more', async (t) => {
      const { gateway, owner, session, ofSession } = await set(t, { heartbeatMs: 1000 });
      const person = await gateway.person('member');
      const ofAgent = await listen(t, gateway.address, ofSession(), session);
      const ofPerson = await listen(t, gateway.address, '/v1/events', { token: person.token });
      await gateway.call('DELETE', `/v1/sessions/${session.id}`, owner);
      assert.deepEqual(await ofAgent.closed, { code: 1008, reason: 'unauthenticated' });
      const { members } = (await gateway.call('GET', '/v1/members', owner)).body;
      const { id } = members.find((one: { userId: string }) => one.userId === person.userId);
      await gateway.call('DELETE', `/v1/members/${id}`, owner);
      assert.deepEqual(await ofPerson.closed, { code: 1008, reason: 'unauthenticated' });
    });

    test('what a client says is not listened to, and not for long', async (t) => {
      const { gateway, owner, ask } = await set(t);
      const socket = new WebSocket(`${gateway.address}/v1/events`, {
        headers: { authorization: `Bearer ${owner.token}` },
      });
      await once(socket, 'open');
      socket.send('x'.repeat(1024));
      const { id } = await ask();
      const heard = Promise.withResolvers<string>();
      socket.addEventListener('message', ({ data }) => {
        if (String(data).includes(id)) heard.resolve(String(data));
      });
      await heard.promise;
      socket.send('x'.repeat(1025));
      const [{ code }] = (await once(socket, 'close')) as [CloseEvent];
      assert.equal(code, 1009);
    });

    test('an upgrade to anything else is answered as if nobody had asked for one', async (t) => {
      const { refused } = await set(t);
      const { status, body } = await refused('/healthz', { headers: { upgrade: 'h2c' } });
      assert.deepEqual([status, body], [200, { status: 'ok' }]);
    });

    test('a stop of the gateway says goodbye, and waits for nobody', async (t) => {
      const { gateway, session, ofSession, all } = await set(t);
      const listener = await all();
      const silent = await bareSocket(t, gateway.address, ofSession(), session);
      silent.pause();
      await gateway.stop();
      assert.equal(gateway.gateway.givingUp.signal.aborted, false, 'its patience is not used up');
      assert.deepEqual(await listener.closed, { code: 1001, reason: 'the gateway stops' });
    });
  });
}
