import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { newRecoveryLink } from '../src/gateway/people/login-links.ts';
import { assertPage, browserOn, cookieOf, password } from './routes/browser.ts';
import { engines } from './support/databases.ts';
import { type Answer, assertRefused } from './support/gateway.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const another = 'a battery staple horse';
const third = 'a third one, at last';

for (const engine of engines) {
  describe(`what a right came from, on ${engine.name}`, { skip: engine.skip }, () => {
    const { here, post, get, loginLink, signIn, invite, join, remove } = browserOn(engine);

    const change = (method: string, path: string, cookie: string, body?: object) =>
      here().call(method, path, {
        headers: { cookie, origin: here().publicUrl },
        ...(body !== undefined && { body }),
      });
    const setPassword = async (cookie: string, body: object) =>
      change('PUT', '/v1/me/password', cookie, body);
    const renewed = (answer: Answer) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const signInAs = async (email: string, password: string) => {
      mock.timers.tick(10_000);
      return post('/login', { email, password });
    };
    const isIn = async (cookie: string) => (await get('/v1/me', cookie)).status === 200;
    const works = async (token: string) => (await here().call('GET', '/v1/me', { token })).status === 200;
    const recover = async (email: string) => {
      const token = (await newRecoveryLink(here().gateway, email)).reveal();
      return cookieOf(await post('/login', { token }));
    };
    const tokenBy = async (cookie: string, ttlSeconds?: number) => {
      const made = await change('POST', '/v1/tokens', cookie, {
        name: 'made',
        ...(ttlSeconds && { ttlSeconds }),
      });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      return made.body as { value: string; token: { id: string; expiresAt: string | null } };
    };
    const grantsOf = async (cookie: string) => (await get('/v1/me/ways-in', cookie)).body.grants;
    const end = (cookie: string, id: string, keep: string[] = []) =>
      change('POST', `/v1/me/ways-in/${id}/end`, cookie, { keep });
    const roleOf = async (email: string, role: string) => {
      const owner = { token: here().ownerToken };
      const { members } = (await here().call('GET', '/v1/members', owner)).body;
      const { id } = members.find((one: { email: string }) => one.email === email);
      const set = await here().call('PATCH', `/v1/members/${id}`, { ...owner, body: { role } });
      assert.equal(set.status, 200, JSON.stringify(set.body));
    };

    describe('a recovery', () => {
      test('replaces what a thief has set, and ends all that they have opened', async () => {
        const email = 'robbed@example.com';
        const thief = await join(email);
        assert.equal((await setPassword(thief, { current: password, password: another })).status, 200);
        const stays = cookieOf(await signInAs(email, another));
        const { value: token } = await tokenBy(stays);
        const link = (await change('POST', '/v1/login-links', stays)).body.link;
        const { session } = (await change('POST', '/v1/sessions', stays, {})).body;
        const { deviceCode, userCode } = (await here().call('POST', '/v1/device/code')).body;
        await change('POST', `/v1/device/${userCode}/decision`, stays, { decision: 'approve' });

        const mine = await recover(email);
        assert.equal((await get('/v1/me', mine)).body.signIn.isRecovery, true);
        const set = await setPassword(mine, { password: third });
        assert.equal(set.status, 200, JSON.stringify(set.body));

        assert.equal(await isIn(stays), false);
        assert.equal(await works(token), false);
        assertPage(
          await post('/login', { token: new URL(link).searchParams.get('token') ?? '' }),
          410,
          'login link',
        );
        const polled = await here().call('POST', '/v1/device/token', { body: { deviceCode, name: 'x' } });
        assertRefused(polled, 400, 'invalid_request', /^There is no such device code/);
        const { body } = await get(`/v1/sessions/${session.id}`, renewed(set));
        assert.notEqual(body.session.revokedAt, null);
        assert.equal((await signInAs(email, another)).status, 401);
        assertPage(await signInAs(email, third), 200, 'You are signed in');
        assert.equal((await get('/v1/me', renewed(set))).body.signIn.isRecovery, false);
      });

      test('asks for the current password where it is none any more', async () => {
        const email = 'once@example.com';
        await join(email);
        const set = await setPassword(await recover(email), { password: another });
        const again = await setPassword(renewed(set), { password: third });
        assertRefused(again, 400, 'invalid_request', /^You have a password already/);
      });
    });

    describe('an invitation', () => {
      test('gives what its inviter may give when it is accepted', async () => {
        const email = 'was-owner@example.com';
        const owner = await join(email);
        await roleOf(email, 'owner');
        const link = async (role: string) => {
          const made = await change('POST', '/v1/members', owner, { email: `${role}@invited.example`, role });
          assert.equal(made.status, 201, JSON.stringify(made.body));
          return new URL(made.body.link).searchParams.get('token') ?? '';
        };
        const [asOwner, asAdmin] = [await link('owner'), await link('admin')];
        await roleOf(email, 'admin');
        const over = 'This invitation was used already, or is over. Ask for a new one.';
        assertPage(await get(`/invite?token=${asOwner}`), 410, over);
        assertPage(await post('/invite', { token: asOwner, name: 'X', password }), 410, over);
        assert.equal((await get(`/invite?token=${asAdmin}`)).status, 200);
        await roleOf(email, 'member');
        assertPage(await post('/invite', { token: asAdmin, name: 'X', password }), 410, over);
      });

      test('ends with the browser that sent it, where that is taken away', async () => {
        const email = 'sender@example.com';
        const mine = await join(email);
        await roleOf(email, 'admin');
        const thief = cookieOf(await signInAs(email, password));
        const made = await change('POST', '/v1/members', thief, {
          email: 'mate@evil.example',
          role: 'admin',
        });
        const token = new URL(made.body.link).searchParams.get('token') ?? '';
        const { id } = (await grantsOf(thief)).find((one: { isCurrent: boolean }) => one.isCurrent);
        assert.equal((await end(mine, id)).status, 200);
        assertPage(
          await post('/invite', { token, name: 'X', password }),
          410,
          'This invitation was used already',
        );
      });

      test('takes the place of nobody who has not said so', async () => {
        const cookie = await join('present@example.com');
        const token = await invite('newcomer@example.com');
        const form = { token, name: 'New', password };
        const asked = await post('/invite', form, { cookie });
        assertPage(asked, 200, 'Somebody else is signed in on this browser.');
        assert.ok(!asked.body.includes('present@example.com'), 'a cookie alone is told no address');
        const instead = /name="instead" value="([^"]+)"/.exec(asked.body)?.[1] ?? '';
        assertPage(await post('/invite', { ...form, instead: 'x' }, { cookie }), 200, 'Somebody else');
        assertPage(await post('/invite', { ...form, instead }, { cookie }), 200, 'You are signed in');
      });

      test('is taken by one of two that use it at once', async () => {
        const token = await invite('twice@example.com');
        const form = { token, name: 'Twin', password };
        const answers = await Promise.all([post('/invite', form), post('/invite', form)]);
        const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other);
        assert.equal(statuses[0], 200);
        assert.ok([409, 410].includes(statuses[1] ?? 0), statuses.join(' '));
      });
    });

    describe('who was removed', () => {
      test('comes back as new: nothing of before works, and a new password is set', async () => {
        const email = 'leaver@example.com';
        const before = await join(email);
        const { value: token } = await tokenBy(before);
        await remove(email);
        assert.equal((await signInAs(email, password)).status, 401);

        const invitation = await invite(email, 'admin');
        const page = await get(`/invite?token=${invitation}`);
        assertPage(page, 200, 'A new password, 10 characters or more');
        const joined = await post('/invite', { token: invitation, name: 'Back', password: another });
        const now = cookieOf(joined);
        assert.equal((await get('/v1/me', now)).body.user.role, 'admin');
        assert.equal(await isIn(before), false);
        assert.equal(await works(token), false);
        assert.equal((await signInAs(email, password)).status, 401);
      });
    });

    describe('a browser', () => {
      test('stays signed in for a week, however often it is used', async () => {
        const cookie = await join('week@example.com');
        for (let days = 1; days < 7; days++) {
          mock.timers.tick(day);
          assert.equal(await isIn(cookie), true, `after ${days} days`);
        }
        mock.timers.tick(day);
        assert.equal(await isIn(cookie), false);
      });

      test('is listed with what signed it in, from where and when; one is ended, or all others', async () => {
        const email = 'many@example.com';
        const first = await join(email);
        const second = cookieOf(await signInAs(email, password));
        const { value: token } = await tokenBy(second);
        const byLink = await signIn(token);
        const grants = await grantsOf(first);
        const password0 = grants.find(({ kind }: { kind: string }) => kind === 'password');
        const browsers = grants.filter(({ kind }: { kind: string }) => kind === 'browser_session');
        assert.deepEqual(
          browsers.map((one: Record<string, unknown>) => [
            one.method,
            one.address,
            one.userAgent,
            one.isCurrent,
          ]),
          [
            ['password', '127.0.0.1', 'node', true],
            ['password', '127.0.0.1', 'node', false],
            ['link', '127.0.0.1', 'node', false],
          ],
        );
        const made = grants.find(({ kind }: { kind: string }) => kind === 'user_token');
        assert.deepEqual(
          [browsers[0].cameFrom, browsers[1].cameFrom, made.cameFrom, browsers[2].cameFrom],
          [password0.id, password0.id, browsers[1].id, made.id],
        );
        assert.equal(browsers[0].lastUsedAt, null);
        await here().gateway.uses.flush(Date.now());
        const again = (await grantsOf(first)).find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
        assert.notEqual(again.lastUsedAt, null);
        const ended = await end(first, browsers[1].id);
        assert.deepEqual(
          ended.body.ended.map(({ kind }: { kind: string }) => kind),
          ['browser_session', 'user_token', 'browser_session'],
        );
        assert.deepEqual(
          [await isIn(first), await isIn(second), await works(token), await isIn(byLink)],
          [true, false, false, false],
        );
        const others = [cookieOf(await signInAs(email, password)), cookieOf(await signInAs(email, password))];
        assert.equal((await change('POST', '/v1/me/ways-in/end-other-browsers', first)).status, 200);
        assert.deepEqual(await Promise.all([first, ...others].map(isIn)), [true, false, false]);
      });

      test('that is signed out leaves what it has made, and ends what is under way', async () => {
        const cookie = await join('quits@example.com');
        const { value: token } = await tokenBy(cookie);
        const link = (await change('POST', '/v1/login-links', cookie)).body.link;
        assert.equal((await change('POST', '/v1/auth/sign-out', cookie, {})).status, 204);
        assert.equal(await works(token), true);
        assertPage(
          await post('/login', { token: new URL(link).searchParams.get('token') ?? '' }),
          410,
          'login link',
        );
      });

      test('keeps what its person says is to be kept, and no other', async () => {
        const email = 'keeper@example.com';
        const first = await join(email);
        const second = cookieOf(await signInAs(email, password));
        const [kept, gone] = [await tokenBy(second), await tokenBy(second)];
        const { id } = (await grantsOf(second)).find((one: { isCurrent: boolean }) => one.isCurrent);
        mock.timers.tick(10 * minute);
        const late = await end(first, id, [kept.token.id]);
        assertRefused(late, 403, 'insufficient_user_authentication', /^This takes a person who has shown/);
        const wrong = await change('POST', '/v1/me/confirm', first, { password: another });
        assertRefused(wrong, 403, 'forbidden', /^This is not your current password/);
        mock.timers.tick(10_000);
        assert.equal((await change('POST', '/v1/me/confirm', first, { password })).status, 204);
        assert.equal((await end(first, id, [kept.token.id])).status, 200);
        assert.deepEqual([await works(kept.value), await works(gone.value)], [true, false]);
      });

      test('opens nothing by its cookie alone, which every port of the host is sent', async () => {
        const cookie = await join('cookie@example.com');
        for (const secret of ['', 'x'.repeat(43)]) {
          const headers = { cookie, origin: here().publicUrl, 'x-assent-page': secret };
          const call = (method: string, path: string, body?: object) =>
            here().call(method, path, { headers, ...(body && { body }) });
          for (const [method, path, body] of [
            ['GET', '/v1/me'],
            ['GET', '/v1/invocations'],
            ['POST', '/v1/tokens', { name: 'stolen' }],
            ['POST', '/v1/login-links', {}],
            ['POST', '/v1/events/tickets', {}],
            ['PUT', '/v1/me/password', { current: password, password: another }],
            ['GET', '/v1/auth/passkey/generate-register-options'],
          ] as const)
            assert.equal((await call(method, path, body)).status, 401, `${method} ${path}`);
        }
      });
    });

    describe('what gives somebody a way in', () => {
      test('asks again after ten minutes', async () => {
        const email = 'slow@example.com';
        const cookie = await join(email);
        await roleOf(email, 'admin');
        mock.timers.tick(5 * minute);
        const { userCode } = (await here().call('POST', '/v1/device/code')).body;
        const doors = [
          ['POST', '/v1/tokens', { name: 'late' }],
          ['POST', '/v1/login-links', {}],
          ['POST', '/v1/members', { email: 'late@example.com', role: 'member' }],
          ['GET', '/v1/auth/passkey/generate-register-options', undefined],
          ['POST', `/v1/device/${userCode}/decision`, { decision: 'approve' }],
        ] as const;
        mock.timers.tick(4.9 * minute);
        assert.equal((await change('POST', '/v1/login-links', cookie, {})).status, 201);
        mock.timers.tick(0.1 * minute);
        for (const [method, path, body] of doors) {
          const answer = await change(method, path, cookie, body);
          assertRefused(
            answer,
            403,
            'insufficient_user_authentication',
            /^This takes a person who has shown/,
          );
        }
        assert.equal((await change('POST', '/v1/me/confirm', cookie, { password })).status, 204);
        for (const [method, path, body] of doors) {
          const { status } = await change(method, path, cookie, body);
          assert.ok(status < 300, `${path}: ${status}`);
        }
      });

      test('gives nothing that outlasts the token that it came with', async () => {
        const cookie = await join('short@example.com');
        const { value: token, token: made } = await tokenBy(cookie, 60);
        const further = (await here().call('POST', '/v1/tokens', { token, body: { name: 'further' } })).body;
        assert.equal(further.token.expiresAt, made.expiresAt);
        const { session, token: agent } = (await here().call('POST', '/v1/sessions', { token, body: {} }))
          .body;
        assert.equal(session.expiresAt, made.expiresAt);
        const opened = await signIn(token);
        const waiting = await loginLink(token);
        // And through the browser that its link has opened.
        const byLink = (await change('POST', '/v1/sessions', await signIn(further.value), {})).body.session;
        assert.equal(byLink.expiresAt, made.expiresAt);
        mock.timers.tick(minute);
        assert.equal(await works(further.value), false);
        assert.equal(await isIn(opened), false);
        assert.equal((await get(`/login?token=${waiting}`)).status, 410);
        const listed = await here().call('GET', `/v1/sessions/${session.id}/actions/available`, {
          token: agent,
        });
        assert.equal(listed.status, 401);
      });
    });
  });
}
