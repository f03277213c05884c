import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { assertPage, browserOn, cookieOf, goesOnTo, locationOf, password } from './routes/browser.ts';
import { engines } from './support/databases.ts';
import { assertRefused } from './support/gateway.ts';

const minute = 60_000;
const day = 24 * 3600_000;

for (const engine of engines) {
  describe(`logging in on ${engine.name}`, { skip: engine.skip }, () => {
    const { here, post, get, loginLink, signIn, invite, join, remove } = browserOn(engine);

    describe('by link', () => {
      const over =
        'This login link was used already, is older than 15 minutes, or was taken back. For a new one run `assent login --link` where you use the command line.';

      test('looking at it uses nothing up; the form signs in, once', async () => {
        const token = await loginLink();
        for (let look = 0; look < 2; look++) {
          const page = await get(`/login?token=${token}`);
          assert.equal(page.status, 200);
          assert.equal(page.headers.get('set-cookie'), null);
          assert.match(page.body, /<form method="post" action="\/login">/);
          assert.match(
            page.body,
            /signs you in as <strong>owner@assent\.local<\/strong> on this browser, once/,
          );
          assert.doesNotMatch(page.body, /Somebody else/);
          assert.ok(page.body.includes(`<input type="hidden" name="token" value="${token}">`));
        }
        const first = await post('/login', { token });
        assert.deepEqual([first.status, goesOnTo(first)], [200, '/']);
        const [cookie = '', ...others] = first.headers.getSetCookie();
        assert.deepEqual(others, []);
        const [value, ...attributes] = cookie.split('; ');
        assert.match(value ?? '', /^assent\.session_token=[^;]{40,}$/);
        assert.deepEqual(attributes.toSorted(), ['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Strict']);
        const second = await post('/login', { token });
        assertPage(second, 410, over);
        assert.equal(second.headers.get('set-cookie'), null);
        assertPage(await get(`/login?token=${token}`), 410, over);
      });

      test('it asks again where somebody else is signed in, also when the page could not know', async () => {
        const bob = await join('in-the-way@example.com');
        const token = await loginLink();
        const says =
          'Somebody else is signed in on this browser. Go on only if you want it to be <strong>owner@assent.local</strong>’s instead.';
        const page = await get(`/login?token=${token}`, bob);
        assert.ok(page.body.includes(says), page.body);
        // Whoever has the cookie alone is told no address.
        assert.ok(!page.body.includes('in-the-way@example.com'), page.body);
        const instead = /name="instead" value="([0-9a-f]{32})"/.exec(page.body)?.[1] ?? '';
        for (const form of [{ token }, { token, instead: 'f'.repeat(32) }]) {
          const asked = await post('/login', form, { cookie: bob });
          assertPage(asked, 200, says);
          assert.ok(asked.body.includes(`value="${instead}"`), asked.body);
          assert.equal(asked.headers.get('set-cookie'), null);
        }
        const gone = await post('/login', { token, instead }, { cookie: bob });
        assert.equal((await get('/v1/me', cookieOf(gone))).body.user.email, 'owner@assent.local');
        const own = await signIn();
        assert.equal((await post('/login', { token: await loginLink() }, { cookie: own })).status, 200);
        const invitation = await invite('joining@example.com');
        const toJoin = await get(`/invite?token=${invitation}`, bob);
        assert.ok(toJoin.body.includes(says.replace('owner@assent.local', 'joining@example.com')));
        assert.doesNotMatch((await get(`/invite?token=${invitation}`)).body, /Somebody else/);
      });

      test('it is good for a quarter of an hour', async () => {
        const [good, late] = [await loginLink(), await loginLink()];
        mock.timers.tick(15 * minute - 1);
        assert.equal((await post('/login', { token: good })).status, 200);
        mock.timers.tick(1);
        assertPage(await post('/login', { token: late }), 410, over);
      });

      test('of many at once, one signs in', async () => {
        const token = await loginLink();
        const answers = await Promise.all(Array.from({ length: 8 }, () => post('/login', { token })));
        const counts = [200, 410].map((one) => answers.filter(({ status }) => status === one).length);
        assert.deepEqual(counts, [1, 7]);
      });

      test('another site does not sign anybody in, nor uses the link up', async () => {
        const token = await loginLink();
        const says = `This must be sent by a page of this gateway, at ${here().publicUrl}.`;
        for (const origin of ['https://evil.example', 'null', `${here().publicUrl}.evil.example`]) {
          const answer = await post('/login', { token }, { origin });
          assertPage(answer, 403, says);
          assert.equal(answer.headers.get('set-cookie'), null);
        }
        const raw = `token=${token}`;
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        assertPage(await here().call('POST', '/login', { raw, headers }), 403, says);
        assert.equal((await post('/login', { token })).status, 200);
      });

      test('an invitation is no login link, and a login link no invitation', async () => {
        const invitation = await invite('mixed@example.com');
        assertPage(await post('/login', { token: invitation }), 410, over);
        const answer = await post('/invite', { token: await loginLink(), password });
        assertPage(answer, 410, 'This invitation was used already, or is over. Ask for a new one.');
      });

      test('it leads to a page of this site, and to no other', async () => {
        const elsewhere = [
          '//evil.example',
          '/\\evil.example',
          '\\\\evil.example',
          '/.//evil.example',
          '/a/..//evil.example',
          '/%2e//evil.example',
          '/./\\evil.example',
          'https://evil.example',
          'javascript:alert(1)',
          'evil.example',
          '/\t/evil.example',
          '/ok\r\nset-cookie: a=b',
          ' /ok',
          '',
          `/${'x'.repeat(300)}`,
        ];
        for (const next of elsewhere) {
          const page = await get(`/login?next=${encodeURIComponent(next)}`);
          assert.ok(page.body.includes('<input type="hidden" name="next" value="/">'), next);
          const answer = await post('/login', { token: await loginLink(), next });
          assert.deepEqual([answer.status, goesOnTo(answer)], [200, '/'], next);
        }
        for (const next of ['/inbox', '/device?user_code=ABC', '/a//b']) {
          const answer = await post('/login', { token: await loginLink(), next });
          assert.deepEqual([answer.status, goesOnTo(answer)], [200, next]);
        }
      });
    });

    describe('a signed-in browser', () => {
      test('reads as its user; what changes something must come from a page of the gateway', async () => {
        const { token, userId } = await here().person('admin');
        const cookie = await signIn(token);
        const read = await get('/v1/status', cookie);
        assert.deepEqual([read.status, read.body.user.id, read.body.user.role], [200, userId, 'admin']);
        const create = (headers: Record<string, string>) =>
          here().call('POST', '/v1/automations', { body: { name: 'from a page' }, headers });
        const says = `This must be sent by a page of this gateway, at ${here().publicUrl}.`;
        assertRefused(await create({ cookie }), 403, 'forbidden', says);
        for (const origin of ['https://evil.example', 'null', `${here().publicUrl}/`]) {
          assertRefused(await create({ cookie, origin }), 403, 'forbidden', says);
        }
        assert.equal((await create({ cookie, origin: here().publicUrl })).status, 201);
      });

      test('is no session, and its cookie does not make up for a bad token', async () => {
        const session = await here().session();
        const cookie = await signIn();
        const path = `/v1/sessions/${session.id}/actions/invoke`;
        const body = { sourceId: 'x', actionId: 'look' };
        const invoked = await here().call('POST', path, {
          body,
          headers: { cookie, origin: here().publicUrl },
        });
        const says =
          'Only a session can invoke actions. Open one with `assent sessions create` and use its token.';
        assertRefused(invoked, 403, 'forbidden', says);
        const both = await here().call('GET', '/v1/status', { token: 'x', headers: { cookie } });
        assertRefused(both, 401, 'unauthenticated', /^This is no token of Assent\./);
      });

      test('has a cookie that is good for nothing else, and cannot be made up', async () => {
        const cookie = await signIn();
        const value = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1));
        const [inner = '', signature = ''] = value.split('.');
        for (const token of [inner, value]) {
          const answer = await here().call('GET', '/v1/status', { token });
          assertRefused(answer, 401, 'unauthenticated', /^This is no token of Assent\./);
        }
        const wrong = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
        for (const forged of [inner, `${inner}.${wrong}`, `${inner.replace(/^./, '_')}.${signature}`, '']) {
          const answer = await get('/v1/status', `assent.session_token=${encodeURIComponent(forged)}`);
          assertRefused(answer, 401, 'unauthenticated', /^Send a token as "Authorization: Bearer …"\./);
        }
        assert.equal((await get('/v1/status', cookie)).status, 200);
      });

      test('is signed out when it says so, and after a week', async () => {
        const [one, other] = [await signIn(), await signIn()];
        const signOut = await here().call('POST', '/v1/auth/sign-out', {
          headers: { cookie: one, origin: here().publicUrl },
        });
        assert.equal(signOut.status, 204);
        assert.equal((await get('/v1/status', one)).status, 401);
        assert.deepEqual(locationOf(await get('/', one)), [303, '/login?next=%2F']);
        assert.equal((await get('/v1/status', other)).status, 200);
        mock.timers.tick(7 * day + 1000);
        assert.equal((await get('/v1/status', other)).status, 401);
      });

      test('has no business here once its user is no member', async () => {
        const cookie = await join('leaving@example.com');
        assert.equal((await get('/v1/status', cookie)).status, 200);
        await remove('leaving@example.com');
        assertRefused(await get('/v1/status', cookie), 401, 'unauthenticated', /^Send a token/);
      });
    });

    describe('with a password', () => {
      const wrong = 'This address and password do not go together.';
      const over = 'This invitation was used already, or is over. Ask for a new one.';

      test('an invitation sets it, once; then it signs in', async () => {
        const token = await invite('ann@example.com', 'admin');
        const page = await get(`/invite?token=${token}`);
        assert.equal(page.status, 200);
        for (const text of ['<strong>admin</strong>', '<strong>ann@example.com</strong>', 'A new password']) {
          assert.ok(page.body.includes(text), text);
        }
        const tooShort = await post('/invite', { token, name: 'Ann', password: '123456789' });
        assertPage(tooShort, 400, 'A password has 10 to 200 characters.');
        const joined = await post('/invite', { token, name: 'Ann', password });
        assert.equal(goesOnTo(joined), '/');
        const { user } = (await get('/v1/status', cookieOf(joined))).body;
        assert.deepEqual([user.email, user.role], ['ann@example.com', 'admin']);
        assertPage(await get(`/invite?token=${token}`), 410, over);
        assertPage(await post('/invite', { token, name: 'Ann', password }), 410, over);

        const { body } = await here().call('GET', '/v1/members', { token: here().ownerToken });
        const ann = body.members.find((one: { email: string }) => one.email === 'ann@example.com');
        assert.deepEqual([ann.name, ann.role], ['Ann', 'admin']);
        assert.ok(body.invitations.every((one: { email: string }) => one.email !== 'ann@example.com'));

        mock.timers.tick(10_000);
        const signedIn = await post('/login', { email: 'Ann@Example.com', password, next: '/inbox' });
        assert.equal(goesOnTo(signedIn), '/inbox');
        assert.equal((await get('/v1/status', cookieOf(signedIn))).body.user.id, user.id);
      });

      test('a wrong one, an unknown address and nothing at all get the same answer', async () => {
        await join('bob@example.com');
        for (const form of [
          { email: 'bob@example.com', password: 'correct horse batterz' },
          { email: 'nobody@example.com', password },
          { email: 'bob@example.com', password: '' },
          // The first owner has no password at all.
          { email: 'owner@assent.local', password },
          { email: "bob@example.com' or '1'='1", password },
          {},
        ]) {
          mock.timers.tick(10_000);
          const answer = await post('/login', form);
          assertPage(answer, 401, wrong);
          assert.equal(answer.headers.get('set-cookie'), null);
        }
      });

      test('who guesses is held up, whatever address they claim to come from', async () => {
        const guess = (headers: Record<string, string> = {}) =>
          post('/login', { email: 'guessed@example.com', password: 'guess' }, headers);
        for (let tries = 0; tries < 5; tries++) assertPage(await guess(), 401, wrong);
        const says = 'Too many wrong passwords. Try again in 5 s.';
        assertPage(await guess(), 429, says);
        for (const name of ['x-assent-client', 'x-forwarded-for', 'x-real-ip', 'forwarded']) {
          assertPage(await guess({ [name]: '203.0.113.7' }), 429, says);
        }
        mock.timers.tick(5_000);
        assertPage(await guess(), 401, wrong);
      });

      test('somebody who belongs to another organization joins with the password they have', async () => {
        const { token: own, userId } = await here().person('member', await here().organization());
        const headers = { cookie: await signIn(own), origin: here().publicUrl };
        const set = await here().call('PUT', '/v1/me/password', { headers, body: { password } });
        assert.equal(set.status, 200, JSON.stringify(set.body));
        const { email } = (await here().call('GET', '/v1/me', { token: own })).body.user;
        const token = await invite(email.toUpperCase(), 'admin');
        const page = await get(`/invite?token=${token}`);
        assert.ok(page.body.includes('Your password') && !page.body.includes('name="name"'), page.body);
        assertPage(await post('/invite', { token, password: 'another password' }), 401, wrong);
        assert.equal(goesOnTo(await post('/invite', { token, name: 'Mallory', password })), '/');
        const { members } = (await here().call('GET', '/v1/members', { token: here().ownerToken })).body;
        const joined = members.find((one: { userId: string }) => one.userId === userId);
        assert.deepEqual([joined.role, joined.name], ['admin', 'member']);
      });

      test('an invitation is over after seven days', async () => {
        const token = await invite('late@example.com');
        mock.timers.tick(7 * day);
        assertPage(await get(`/invite?token=${token}`), 410, over);
        assertPage(await post('/invite', { token, name: 'Late', password }), 410, over);
      });

      test('a name with control characters is refused, and the invitation still good', async () => {
        const token = await invite('zero@example.com');
        const refused = await post('/invite', { token, name: 'a\u0000b', password });
        assertRefused(refused, 400, 'invalid_request', /^The body is not valid at \/name: /);
        assert.equal((await post('/invite', { token, name: 'Zero', password })).status, 200);
      });
    });
  });
}
