import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { addGrant } from '../src/gateway/people/grants.ts';
import { newId } from '../src/lib/ids.ts';
import { assertPage, browserOn, cookieOf, password } from './routes/browser.ts';
import { engines } from './support/databases.ts';
import { assertRefused } from './support/gateway.ts';

const minute = 60_000;
const hour = 60 * minute;
const another = 'a battery staple horse';
const notProven =
  'This takes a person who has shown within the last ten minutes who they are. Confirm that it is you, by a password, a passkey or single sign-on, and try once more; a one-time link counts only for who has nothing else.';
const takesBrowser =
  'This takes a person who is signed in with a browser; a token cannot do it. Open the settings in a browser.';

for (const engine of engines) {
  describe(`ways to sign in on ${engine.name}`, { skip: engine.skip }, () => {
    const { here, post, get, signIn, join } = browserOn(engine);

    const put = (body: object, headers: Record<string, string>, token?: string) =>
      here().call('PUT', '/v1/me/password', {
        body,
        headers: { origin: here().publicUrl, ...headers },
        ...(token !== undefined && { token }),
      });
    const signInAs = async (email: string, password: string) => {
      mock.timers.tick(10_000);
      return post('/login', { email, password });
    };
    /** Somebody who came in by a link, as the first owner does: without a password. */
    const withoutPassword = async () => {
      const { token, userId } = await here().person('member');
      const { body } = await here().call('GET', '/v1/me', { token });
      return { token, userId, email: body.user.email, cookie: await signIn(token) };
    };

    describe('GET /v1/me', () => {
      test('says who one is, where, and how one signs in', async () => {
        const { ownerToken, owner } = here();
        const { status, body } = await here().call('GET', '/v1/me', { token: ownerToken });
        assert.equal(status, 200);
        assert.deepEqual(body, {
          user: { id: owner.userId, name: 'Owner', email: 'owner@assent.local', role: 'owner' },
          organization: { id: owner.organizationId, name: 'default' },
          signIn: { hasPassword: false, isRecovery: false, passkeys: [], oidc: null },
        });
        const cookie = await join('ann@example.com');
        const ann = (await get('/v1/me', cookie)).body;
        assert.deepEqual([ann.user.email, ann.user.role], ['ann@example.com', 'member']);
        assert.equal(ann.signIn.hasPassword, true);
      });

      test('a window that shows one person decides nothing as another, who has signed in beside it', async () => {
        const { owner } = here();
        const cookie = await join('beside@example.com');
        const says =
          'Somebody else has signed in with this browser meanwhile. Reload the page to go on as them.';
        const headers = { cookie, 'x-assent-user': owner.userId };
        assertRefused(await here().call('GET', '/v1/me', { headers }), 409, 'conflict', says);
        const own = (await get('/v1/me', cookie)).body.user.id;
        const asOneself = { cookie, 'x-assent-user': own };
        assert.equal((await here().call('GET', '/v1/me', { headers: asOneself })).status, 200);
      });

      test("names one's own passkeys, and nothing that is in them", async () => {
        const { token, userId } = await withoutPassword();
        const id = newId();
        const createdAt = new Date().toISOString();
        const row = { id, userId, name: 'phone', createdAt, publicKey: 'x', credentialID: id, counter: 0 };
        // The columns that better-auth adds are not in our own types.
        const full = { ...row, deviceType: 'multiDevice', backedUp: engine.name === 'postgres' ? true : 1 };
        await here().gateway.store.write(async (tx) => {
          await tx.insertInto('auth_passkey').values(full).execute();
          await addGrant(tx, { id, kind: 'passkey', user_id: userId, parentId: null }, Date.now());
        });
        const { body } = await here().call('GET', '/v1/me', { token });
        assert.deepEqual(body.signIn.passkeys, [{ id, name: 'phone', createdAt }]);
        const { body: owner } = await here().call('GET', '/v1/me', { token: here().ownerToken });
        assert.deepEqual(owner.signIn.passkeys, []);

        const remove = async (cookie: string) =>
          here().call('POST', '/v1/auth/passkey/delete-passkey', {
            body: { id },
            headers: { cookie, origin: here().publicUrl },
          });
        const unknown = 'There is no such way in of yours; perhaps it has ended already.';
        assertRefused(await remove(await signIn()), 404, 'not_found', unknown);
        assert.equal((await here().call('GET', '/v1/me', { token })).body.signIn.passkeys.length, 1);
        // At a bare address a passkey signs nobody in, so that a link counts, and this is not the last way.
        assert.equal((await remove(await signIn(token))).status, 204);
        assertRefused(await remove(await signIn(token)), 404, 'not_found', unknown);
      });
    });

    describe('PUT /v1/me/password', () => {
      test('sets the first one; other browsers are signed out, and this one goes on', async () => {
        const { token, email, cookie } = await withoutPassword();
        const other = await signIn(token);
        const answer = await put({ password }, { cookie });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        const [renewed = ''] = answer.headers.getSetCookie();
        assert.match(renewed, /; SameSite=Strict/);
        const me = await get('/v1/me', renewed.split(';')[0]);
        assert.deepEqual([me.status, me.body.signIn.hasPassword], [200, true]);
        for (const ended of [cookie, other]) assert.equal((await get('/v1/me', ended)).status, 401);
        assert.equal((await here().call('GET', '/v1/me', { token })).status, 200);
        assertPage(await signInAs(email, password), 200, 'You are signed in');
      });

      test('changes it for who knows the current one', async () => {
        const cookie = await join('bob@example.com');
        const other = cookieOf(await signInAs('bob@example.com', password));
        const wrong = await put({ current: 'not the one', password: another }, { cookie });
        assertRefused(wrong, 403, 'forbidden', 'This is not your current password. Nothing was changed.');
        const none = await put({ password: another }, { cookie });
        assertRefused(
          none,
          400,
          'invalid_request',
          'You have a password already. Send it too, as "current".',
        );
        assert.equal((await get('/v1/me', other)).status, 200);
        // However long ago they signed in: the current password says that it is them.
        mock.timers.tick(2 * hour);
        const changed = await put({ current: password, password: another }, { cookie });
        assert.equal(changed.status, 200, JSON.stringify(changed.body));
        for (const ended of [cookie, other]) assert.equal((await get('/v1/me', ended)).status, 401);
        assert.equal((await signInAs('bob@example.com', password)).status, 401);
        assert.equal((await signInAs('bob@example.com', another)).status, 200);
      });

      test('takes a browser, never a token, and a page of the gateway', async () => {
        const { token, cookie, email } = await withoutPassword();
        assertRefused(await put({ password }, {}, token), 403, 'forbidden', takesBrowser);
        assertRefused(await put({ password }, { cookie }, token), 403, 'forbidden', takesBrowser);
        const says = `This must be sent by a page of this gateway, at ${here().publicUrl}.`;
        for (const origin of ['https://evil.example', 'null'])
          assertRefused(await put({ password }, { cookie, origin }), 403, 'forbidden', says);
        assertRefused(
          await here().call('PUT', '/v1/me/password', { body: { password }, headers: { cookie } }),
          403,
          'forbidden',
          says,
        );
        assert.equal((await signInAs(email, password)).status, 401);
      });

      test('sets no first one in a browser that signed in long ago', async () => {
        const { cookie, email } = await withoutPassword();
        mock.timers.tick(10 * minute);
        const late = await put({ password }, { cookie });
        assertRefused(late, 403, 'insufficient_user_authentication', notProven);
        assert.equal((await signInAs(email, password)).status, 401);
      });

      test('knows no current one where there is none', async () => {
        const { cookie } = await withoutPassword();
        const answer = await put({ current: password, password: another }, { cookie });
        assertRefused(answer, 409, 'conflict', 'You have no password yet. Set one without "current".');
      });
    });

    describe('the login page', () => {
      test('offers no single sign-on where there is none, and no passkey at a bare address', async () => {
        const { body } = await get('/login?problem=stranger');
        assert.doesNotMatch(body, /login\/oidc|passkey|problem|<script/);
        const answer = await post('/login/oidc', { next: '/' });
        assert.equal(answer.status, 404);
        const says =
          'This gateway has no single sign-on. Whoever runs it sets one up with ASSENT_OIDC_ISSUER.';
        assert.ok(answer.body.includes(says), answer.body);
        assert.equal((await get('/v1/auth/callback/oidc')).status, 404);
        const cookie = await signIn();
        for (const [method, body] of [['POST', {}] as const, ['DELETE', undefined] as const]) {
          const headers = { cookie, origin: here().publicUrl };
          assertRefused(
            await here().call(method, '/v1/me/oidc', { headers, ...(body && { body }) }),
            404,
            'not_found',
            says,
          );
        }
      });
    });

    describe('a passkey', () => {
      test('is begun in a browser that signed in a short while ago', async () => {
        const path = '/v1/auth/passkey/generate-register-options';
        const cookie = await signIn();
        const { status, body } = await get(path, cookie);
        assert.equal(status, 200);
        assert.equal(body.authenticatorSelection.userVerification, 'required');
        assert.equal(body.authenticatorSelection.residentKey, 'required');
        mock.timers.tick(10 * minute);
        assertRefused(await get(path, cookie), 403, 'insufficient_user_authentication', notProven);
      });

      test('is not begun by a one-time link where there is another way in, for a stolen token makes links', async () => {
        const path = '/v1/auth/passkey/generate-register-options';
        const { token, cookie } = await withoutPassword();
        assert.equal((await get(path, cookie)).status, 200);
        const renewed = await put({ password }, { cookie });
        assert.equal((await get(path, renewed.headers.getSetCookie()[0]?.split(';')[0])).status, 200);
        const byLink = await signIn(token);
        assert.equal((await get('/v1/me', byLink)).status, 200);
        assertRefused(await get(path, byLink), 403, 'insufficient_user_authentication', notProven);
      });

      test('that nobody knows signs nobody in', async () => {
        const begun = await get('/v1/auth/passkey/generate-authenticate-options');
        assert.equal(begun.status, 200);
        const [challenge = ''] = begun.headers.getSetCookie();
        assert.match(challenge, /; SameSite=Strict/);
        const finish = (cookie: string) =>
          here().call('POST', '/v1/auth/passkey/verify-authentication', {
            body: { response: { id: 'unknown' } },
            headers: { origin: here().publicUrl, cookie },
          });
        const cookie = challenge.split(';')[0] ?? '';
        const unknown = await finish(cookie);
        assertRefused(
          unknown,
          404,
          'not_found',
          'This passkey is not known here; perhaps it was removed. Sign in another way.',
        );
        assert.deepEqual(unknown.headers.getSetCookie(), []);
        const over = 'This took longer than five minutes, or was done already. Begin again.';
        assertRefused(await finish(cookie), 410, 'expired', over);
        assertRefused(await finish('assent.passkey=x'), 410, 'expired', over);
      });
    });
  });
}
