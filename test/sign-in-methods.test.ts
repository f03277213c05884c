import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, mock, test } from 'node:test';
import { addGrant } from '../src/gateway/people/grants.ts';
import { newRecoveryLink } from '../src/gateway/people/login-links.ts';
import { newId } from '../src/lib/ids.ts';
import { Secret } from '../src/lib/secret.ts';
import { type OidcPeer, startOidc } from './peers/oidc.ts';
import { assertPage, browserOn, cookieOf, password } from './routes/browser.ts';
import { type CookieClient, newCookieClient, type Step } from './support/cookie-client.ts';
import { engines } from './support/databases.ts';
import { freePort } from './support/free-port.ts';
import { assertRefused } from './support/gateway.ts';

const tenMinutes = 600_000;
const another = 'a battery staple horse';
const notProven = /^This takes a person who has shown within the last ten minutes who they are\./;
const onlyWay = 'This is the only way in which you sign in. Set a password or add a passkey first.';
const over =
  'This login link was used already, is older than 15 minutes, or was taken back. For a new one run `assent login --link` where you use the command line.';
const signedOut = /^Send a token as "Authorization: Bearer …"\./;

for (const engine of engines) {
  describe(`ways in, and what ends them, on ${engine.name}`, { skip: engine.skip }, () => {
    let peer: OidcPeer;
    const { here, post, get, loginLink, signIn, join } = browserOn(engine, [], async () => {
      peer = await startOidc();
      const { issuer, clientId, clientSecret } = peer;
      const port = await freePort();
      // Passkeys belong to a name.
      const publicUrl = `http://localhost:${port}`;
      return {
        port,
        publicUrl,
        oidc: { issuer, clientId, clientSecret: new Secret(clientSecret), name: 'Acme' },
      };
    });
    before(() => peer.serve(here().publicUrl));
    beforeEach(() => peer.reset());
    after(() => peer.close());

    const change = (method: string, path: string, cookie: string, body?: object) =>
      here().call(method, path, {
        headers: { cookie, origin: here().publicUrl },
        ...(body !== undefined && { body }),
      });
    const removePasskey = (cookie: string, id: string) =>
      change('POST', '/v1/auth/passkey/delete-passkey', cookie, { id });
    const disconnect = (cookie: string) => change('DELETE', '/v1/me/oidc', cookie);
    const setPassword = (cookie: string, body: object) => change('PUT', '/v1/me/password', cookie, body);
    const beginPasskey = (cookie: string) => get('/v1/auth/passkey/generate-register-options', cookie);
    const renewed = (answer: { headers: Headers }) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const waysOf = async (token: string) => (await here().call('GET', '/v1/me', { token })).body.signIn;
    const isIn = async (cookie: string) => (await get('/v1/me', cookie)).status === 200;

    /** A row as better-auth would write it; its columns are not all in our own types. */
    async function givePasskey(userId: string): Promise<string> {
      const id = newId();
      const createdAt = new Date().toISOString();
      const backedUp = engine.name === 'postgres' ? true : 1;
      const row = { id, userId, name: 'phone', createdAt, publicKey: 'x', credentialID: id, counter: 0 };
      const full = { ...row, deviceType: 'multiDevice', backedUp };
      await here().gateway.store.write(async (tx) => {
        await tx.insertInto('auth_passkey').values(full).execute();
        await addGrant(tx, { id, kind: 'passkey', user_id: userId, parentId: null }, Date.now());
      });
      return id;
    }
    async function giveAccount(userId: string, issuer: string): Promise<void> {
      const id = newId();
      const now = new Date().toISOString();
      const times = { createdAt: now, updatedAt: now };
      const row = { id, userId, providerId: 'oidc', accountId: `${issuer} ${id}`, password: null, ...times };
      await here().gateway.store.write(async (tx) => {
        await tx.insertInto('auth_account').values(row).execute();
        await addGrant(tx, { id, kind: 'provider_account', user_id: userId, parentId: null }, Date.now());
      });
    }
    const recovered = async (userId: string) => {
      const { email } = await here()
        .gateway.store.db.selectFrom('auth_user')
        .select('email')
        .where('id', '=', userId)
        .executeTakeFirstOrThrow();
      return cookieOf(
        await post('/login', { token: (await newRecoveryLink(here().gateway, email)).reveal() }),
      );
    };

    describe('a stolen token', () => {
      test('takes no way in away, and becomes none', async () => {
        const { token, userId } = await here().person('admin');
        const passkey = await givePasskey(userId);
        await giveAccount(userId, peer.issuer);
        for (let links = 0; links < 2; links++) {
          const cookie = await signIn(token);
          assertRefused(await disconnect(cookie), 403, 'insufficient_user_authentication', notProven);
          assertRefused(
            await removePasskey(cookie, passkey),
            403,
            'insufficient_user_authentication',
            notProven,
          );
          assertRefused(
            await setPassword(cookie, { password }),
            403,
            'insufficient_user_authentication',
            notProven,
          );
          assertRefused(await beginPasskey(cookie), 403, 'insufficient_user_authentication', notProven);
          assertRefused(
            await change('POST', '/v1/me/oidc', cookie, {}),
            403,
            'insufficient_user_authentication',
            notProven,
          );
        }
        const ways = await waysOf(token);
        assert.deepEqual([ways.passkeys.length, ways.oidc.isConnected, ways.hasPassword], [1, true, false]);
      });

      test('leaves nothing open when it is revoked', async () => {
        const { token, userId } = await here().person('member');
        const made = await here().call('POST', '/v1/tokens', { token, body: { name: 'stolen' } });
        const stolen: string = made.body.value;
        const own = await signIn(token);
        const cookie = await signIn(stolen);
        const { body } = await change('POST', '/v1/login-links', cookie);
        const further = cookieOf(
          await post('/login', { token: new URL(body.link).searchParams.get('token') ?? '' }),
        );
        const waiting = await loginLink(stolen);
        for (const one of [own, cookie, further]) assert.equal(await isIn(one), true);

        const revoked = await here().call('DELETE', `/v1/tokens/${made.body.token.id}`, { token });
        assert.equal(revoked.status, 200);
        for (const ended of [cookie, further]) {
          assertRefused(await get('/v1/me', ended), 401, 'unauthenticated', signedOut);
          assertRefused(
            await beginPasskey(ended),
            401,
            'unauthenticated',
            'You are signed out. Sign in again.',
          );
          assert.equal((await get('/device?user_code=ABC', ended)).status, 303);
        }
        assertPage(await get(`/login?token=${waiting}`), 410, over);
        assertPage(await post('/login', { token: waiting }), 410, over);
        assert.equal((await get('/v1/me', own)).body.user.id, userId);
      });

      test('leaves nothing open when it expires, or its user is removed', async () => {
        const { token } = await here().person('member');
        const short = { name: 'short', ttlSeconds: 60 };
        const made = await here().call('POST', '/v1/tokens', { token, body: short });
        const cookie = await signIn(made.body.value);
        mock.timers.tick(59_999);
        assert.equal(await isIn(cookie), true);
        mock.timers.tick(1);
        assert.equal(await isIn(cookie), false);
        const own = await signIn(token);
        const { members } = (await here().call('GET', '/v1/members', { token: here().ownerToken })).body;
        const { id } = members.at(-1);
        const gone = await here().call('DELETE', `/v1/members/${id}`, { token: here().ownerToken });
        assert.equal(gone.status, 204);
        assert.deepEqual(
          (await get('/device?user_code=ABC', own)).headers.get('location')?.split('?')[0],
          '/login',
        );
      });
    });

    describe('the last way in', () => {
      test('is not taken away, as a passkey', async () => {
        const { token, userId } = await here().person('member');
        const cookie = await signIn(token);
        const passkey = await givePasskey(userId);
        assertRefused(await removePasskey(cookie, passkey), 409, 'conflict', onlyWay);
        // What another provider knew of them lets nobody in.
        await giveAccount(userId, 'https://former.example');
        assertRefused(await removePasskey(cookie, passkey), 409, 'conflict', onlyWay);
        const set = await setPassword(cookie, { password });
        assert.equal(set.status, 200, JSON.stringify(set.body));
        const removed = await removePasskey(renewed(set), passkey);
        assert.equal(removed.status, 204, JSON.stringify(removed.body));
        assert.deepEqual((await waysOf(token)).passkeys, []);
      });

      test('takes a browser that signed in a short while ago', async () => {
        const { token, userId } = await here().person('member');
        const cookie = await signIn(token);
        const passkeys = [await givePasskey(userId), await givePasskey(userId)];
        mock.timers.tick(tenMinutes);
        assertRefused(
          await removePasskey(cookie, passkeys[0] ?? ''),
          403,
          'insufficient_user_authentication',
          notProven,
        );
        assert.equal((await waysOf(token)).passkeys.length, 2);
      });

      test('of two that are taken away at once, one stays', async () => {
        const { token, userId } = await here().person('member');
        const cookie = await signIn(token);
        const passkey = await givePasskey(userId);
        await giveAccount(userId, peer.issuer);
        const answers = await Promise.all([removePasskey(cookie, passkey), disconnect(cookie)]);
        const counts = [204, 409].map((one) => answers.filter(({ status }) => status === one).length);
        assert.deepEqual(counts, [1, 1]);
      });
    });

    describe('who has no way in that works here', () => {
      test('comes by a link, where another provider knew them', async () => {
        const { token, userId } = await here().person('member');
        await giveAccount(userId, 'https://former.example');
        const cookie = await signIn(token);
        assert.equal((await beginPasskey(cookie)).status, 200);
        await giveAccount(userId, peer.issuer);
        assert.equal((await beginPasskey(await signIn(token))).status, 403);
      });

      test('comes by a link of the gateway’s own machine, where a passkey is lost', async () => {
        const { token, userId } = await here().person('member');
        const lost = await givePasskey(userId);
        assert.equal((await beginPasskey(await signIn(token))).status, 403);
        const cookie = await recovered(userId);
        const set = await setPassword(cookie, { password });
        assert.equal(set.status, 200, JSON.stringify(set.body));
        assert.equal((await removePasskey(renewed(set), lost)).status, 404);
      });

      test('is somebody whom the gateway knows', async () => {
        await assert.rejects(newRecoveryLink(here().gateway, 'nobody@example.com'), {
          code: 'not_found',
          message:
            'Nobody here has the address nobody@example.com. `assent members list` shows who there is.',
        });
      });
    });

    describe('another password', () => {
      test('takes back the links and command lines that wait', async () => {
        const cookie = await join('pat@example.com');
        const { body } = await change('POST', '/v1/login-links', cookie);
        const token = new URL(body.link).searchParams.get('token') ?? '';
        const { deviceCode, userCode } = (await here().call('POST', '/v1/device/code')).body;
        const decision = { decision: 'approve' };
        const approved = await change('POST', `/v1/device/${userCode}/decision`, cookie, decision);
        assert.equal(approved.status, 204, JSON.stringify(approved.body));
        assert.equal((await setPassword(cookie, { current: password, password: another })).status, 200);
        assertPage(await post('/login', { token }), 410, over);
        const polled = await here().call('POST', '/v1/device/token', {
          body: { deviceCode, name: 'theirs' },
        });
        assertRefused(polled, 400, 'invalid_request', 'There is no such device code. Start the login again.');
      });

      const ends = {
        'a new password': async (cookie: string) =>
          assert.equal((await setPassword(cookie, { current: password, password: another })).status, 200),
        'signing out': async (cookie: string) =>
          assert.equal((await change('POST', '/v1/auth/sign-out', cookie, {})).status, 204),
      };
      const ended =
        'You were signed out meanwhile, so that nothing was connected. Sign in, and begin again in the settings.';
      for (const [what, end] of Object.entries(ends)) {
        test(`connects nobody who began before ${what}`, async () => {
          const email = `${newId()}@example.com`;
          const cookie = await join(email);
          const client = newCookieClient();
          const page = await connecting(client, cookie);
          await end(cookie);
          const step = await client.follow(page);
          assert.equal(step.status, 403, step.body);
          assert.ok(step.body.includes(ended), step.body);
          mock.timers.tick(10_000);
          const now = await post('/login', { email, password: what === 'signing out' ? password : another });
          const { signIn: ways } = (await get('/v1/me', cookieOf(now))).body;
          assert.equal(ways.oidc.isConnected, false);
        });
      }

      test('connects nobody who began with a token that is revoked', async () => {
        const { token } = await here().person('member');
        const made = await here().call('POST', '/v1/tokens', { token, body: { name: 'stolen' } });
        const client = newCookieClient();
        const page = await connecting(client, await signIn(made.body.value));
        await here().call('DELETE', `/v1/tokens/${made.body.token.id}`, { token });
        const step = await client.follow(page);
        assert.ok(step.body.includes(ended), step.body);
        assert.equal((await waysOf(token)).oidc.isConnected, false);
      });

      /** As far as the provider, whose page is the next. */
      async function connecting(client: CookieClient, cookie: string): Promise<Step> {
        peer.state.people = { intruder: { email: 'intruder@evil.example', email_verified: true } };
        peer.state.signsIn = 'intruder';
        client.setCookies(here().publicUrl, [cookie]);
        const { status, body, headers } = await change('POST', '/v1/me/oidc', cookie, {});
        assert.equal(status, 200, JSON.stringify(body));
        client.setCookies(here().publicUrl, headers.getSetCookie());
        return client.go(body.url);
      }
    });
  });
}
