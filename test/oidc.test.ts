import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, mock, test } from 'node:test';
import type { OidcClaims } from './peers/oidc.ts';
import { password } from './routes/browser.ts';
import { assertSays, assertTurnedAway, sessionsIn as session, signOnWith } from './routes/sign-on.ts';
import { newCookieClient } from './support/cookie-client.ts';
import { engines } from './support/databases.ts';
import { assertRefused } from './support/gateway.ts';

const hour = 3600_000;
const stranger =
  'No account here is connected with this account of Acme, and none has its verified e-mail address. Ask an owner to invite you. If you have an account, sign in another way and connect it in the settings.';
const stale =
  'This sign-in was begun in another browser, was used already, or took longer than five minutes. Begin again.';
const untrusted =
  'Acme gave no answer that could be trusted. Try again; if it stays so, tell whoever runs this gateway: its log says more.';
const takesBrowser =
  'This takes a person who is signed in with a browser; a token cannot do it. Open the settings in a browser.';

for (const engine of engines) {
  describe(`single sign-on on ${engine.name}`, { skip: engine.skip }, () => {
    const {
      here,
      peer,
      post,
      get,
      signIn,
      join,
      begin,
      isCallback,
      arrive,
      callbackOf,
      believed,
      member,
      connect,
      connecting,
      press,
      meOf,
      isConnected,
      accounts,
    } = signOnWith(engine);
    const users = async () =>
      (await here().gateway.store.db.selectFrom('auth_user').select('email').execute()).length;

    describe('signs in', () => {
      test('whoever has the same address, which the provider has verified, and connects them', async () => {
        await join('ann@example.com');
        peer().state.people = { 'id-ann': { email: 'Ann@Example.com', email_verified: true } };
        const client = newCookieClient();
        const step = await arrive('id-ann', '/settings', client);
        assert.equal(step.next?.href, `${here().publicUrl}/settings`);
        const [cookie = '', ...others] = session(step);
        assert.deepEqual(others, []);
        const attributes = cookie.split('; ').slice(1).toSorted();
        assert.deepEqual(attributes, ['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Strict']);
        const me = await meOf(client);
        assert.equal(me.user.email, 'ann@example.com');
        assert.deepEqual(me.signIn.oidc, { name: 'Acme', isConnected: true });
      });

      test('and keeps nothing of the provider but who they are', async () => {
        await join('kim@example.com');
        peer().state.people = { 'id-kim': { email: 'kim@example.com', email_verified: true } };
        await arrive('id-kim');
        mock.timers.tick(10_000);
        await arrive('id-kim');
        // The columns that better-auth would put tokens into are not in our own types.
        const rows = (await accounts()) as unknown as OidcClaims[];
        const mine = rows.filter((row) => row.accountId === `${peer().issuer} id-kim`);
        assert.equal(mine.length, 1);
        for (const column of ['accessToken', 'refreshToken', 'idToken', 'password'])
          assert.equal(mine[0]?.[column], null, column);
      });

      test('a connected account, whatever address it has', async () => {
        const client = newCookieClient();
        await member(client, 'bob@example.com');
        peer().state.people = { 'id-bob': { email: 'robert@elsewhere.example', email_verified: false } };
        await connecting(client, 'id-bob', '/settings/you');
        const step = await press(client);
        assert.equal(step.next?.href, `${here().publicUrl}/settings/you`, step.body);
        assert.deepEqual(session(step), []);
        assert.equal(await isConnected(client), true);

        for (const person of [{ email: 'robert@elsewhere.example', email_verified: false }, {}]) {
          peer().state.people = { 'id-bob': person };
          mock.timers.tick(10_000);
          const another = newCookieClient();
          await arrive('id-bob', '/', another);
          assert.equal((await meOf(another)).user.email, 'bob@example.com');
        }
      });

      test('and goes where it was asked to go, which is never another site', async () => {
        await join('dan@example.com');
        peer().state.people = { 'id-dan': { email: 'dan@example.com', email_verified: true } };
        for (const next of [
          '/inbox?a=b&c=d',
          "/history/'x'",
          '/a//b',
          '/login/refused',
          '/login/refused?error=x',
        ]) {
          mock.timers.tick(10_000);
          const client = newCookieClient();
          peer().state.signsIn = 'id-dan';
          const step = await client.follow(
            await begin(client, next),
            (url) => isCallback(url) || url.origin === peer().issuer,
          );
          assert.equal(step.next?.href, here().publicUrl + next);
        }
        for (const next of [
          '//evil.example',
          '/\\evil.example',
          '/.//evil.example',
          '/a/..//evil.example',
          '/%2e//evil.example',
          '/./\\evil.example',
          'https://evil.example',
          'javascript:alert(1)',
        ]) {
          mock.timers.tick(10_000);
          const client = newCookieClient();
          const step = await client.follow(
            await begin(client, next),
            (url) => isCallback(url) || url.origin === peer().issuer,
          );
          assert.equal(step.next?.href, `${here().publicUrl}/`, next);
        }
      });

      test('the first owner once they have connected, for their address is made up', async () => {
        peer().state.people = { 'id-first': { email: 'owner@assent.local', email_verified: true } };
        assertTurnedAway(await arrive('id-first'), stranger);
        const client = newCookieClient();
        client.setCookies(here().publicUrl, [await signIn()]);
        await connecting(client, 'id-first');
        await press(client);
        mock.timers.tick(10_000);
        const another = newCookieClient();
        await arrive('id-first', '/', another);
        assert.equal((await meOf(another)).user.email, 'owner@assent.local');
        // What the provider says of the address has not become true by that.
        peer().state.people = { 'id-second': { email: 'owner@assent.local', email_verified: true } };
        mock.timers.tick(10_000);
        assertTurnedAway(await arrive('id-second'), stranger);
      });

      test('whose clock is a little off, and who names itself among several', async () => {
        const sub = await believed();
        const seconds = () => Math.floor(Date.now() / 1000);
        for (const change of [
          () => ({ exp: seconds() - 9 }),
          () => ({ nbf: seconds() + 10 }),
          () => ({ aud: ['assent', 'another'], azp: 'assent' }),
        ]) {
          mock.timers.tick(10_000);
          peer().state.idToken = (claims) => ({ ...claims, ...change() });
          assert.equal((await arrive(sub)).next?.pathname, '/settings');
        }
      });

      test('by a cookie that comes back from another site, and signs nobody in itself', async () => {
        const begun = await begin(newCookieClient());
        const [state = '', ...others] = begun.setCookies;
        assert.deepEqual(others, []);
        assert.match(state, /^assent\.state=[^;]+; Max-Age=300; Path=\/; HttpOnly; SameSite=Lax$/);
        assert.match(begun.next?.href ?? '', new RegExp(`^${peer().issuer}/auth\\?`));
        const asked = begun.next?.searchParams;
        assert.equal(asked?.get('response_type'), 'code');
        assert.equal(asked?.get('code_challenge_method'), 'S256');
        assert.equal(asked?.get('scope'), 'openid email');
        for (const name of ['state', 'nonce', 'code_challenge'])
          assert.match(asked?.get(name) ?? '', /^[\w-]{32,}$/, name);
        assert.ok(!begun.body.includes(encodeURIComponent(peer().clientSecret)));
      });
    });

    describe('turns away', () => {
      test('who is unknown, and who has an address that is not verified, in the same words', async () => {
        await join('eve@example.com');
        await join('kate@example.com');
        const before = await users();
        const people = {
          // The sign for kelvin, which is a k in small letters.
          lookalike: { email: '\u212aate@example.com', email_verified: true },
          nobody: { email: 'nobody@example.com', email_verified: true },
          unverified: { email: 'eve@example.com', email_verified: false },
          unsaid: { email: 'eve@example.com' },
          text: { email: 'eve@example.com', email_verified: 'true' },
          silent: {},
        };
        peer().state.people = people;
        for (const sub of Object.keys(people)) {
          mock.timers.tick(10_000);
          assertTurnedAway(await arrive(sub), stranger);
        }
        assert.equal(await users(), before);
      });

      test('who cancels', async () => {
        assertTurnedAway(await arrive(undefined), 'The sign-in was cancelled at Acme. Nobody was signed in.');
      });

      test('a callback that is used again, or in another browser, or made up', async () => {
        await join('fay@example.com');
        peer().state.people = { 'id-fay': { email: 'fay@example.com', email_verified: true } };
        const client = newCookieClient();
        const callback = await callbackOf('id-fay', client);
        assertTurnedAway(await newCookieClient().follow(await newCookieClient().go(callback.href)), stale);
        const other = newCookieClient();
        await begin(other);
        assertTurnedAway(await other.follow(await other.go(callback.href)), stale);

        mock.timers.tick(10_000);
        const own = newCookieClient();
        const fresh = await callbackOf('id-fay', own);
        const forged = new URL(fresh);
        forged.searchParams.set('state', 'x'.repeat(32));
        assertTurnedAway(await own.follow(await own.go(forged.href)), stale);
        assert.equal(session(await own.go(fresh.href)).length, 1);
        assertTurnedAway(await own.follow(await own.go(fresh.href)), stale);

        const bare = `${here().publicUrl}/v1/auth/callback/oidc`;
        assertTurnedAway(await own.follow(await own.go(bare)), stale);
        const evil = `${bare}?error=%3Cscript%3E&error_description=https://evil.example`;
        assertTurnedAway(await own.follow(await own.go(evil)), stale);
      });

      test('a sign-in that took longer than five minutes', async () => {
        const sub = await believed();
        for (const [ms, sessions] of [[5 * 60_000 - 1, 1] as const, [5 * 60_000, 0] as const]) {
          mock.timers.tick(10_000);
          const client = newCookieClient();
          const begun = await begin(client);
          mock.timers.tick(ms);
          peer().state.signsIn = sub;
          const { next } = await client.follow(begun, (url) => !isCallback(url));
          const step = await client.go(next?.href ?? '');
          assert.equal(session(step).length, sessions, step.body);
          if (sessions === 0) assertTurnedAway(await client.follow(step), stale);
        }
      });

      test('a second account with the same address, which may be somebody else’s by now', async () => {
        await join('lee@example.com');
        const person = { email: 'lee@example.com', email_verified: true };
        peer().state.people = { 'id-lee': person, 'id-later': person };
        assert.equal((await arrive('id-lee')).next?.pathname, '/settings');
        mock.timers.tick(10_000);
        assertTurnedAway(
          await arrive('id-later'),
          'Your account here is connected with another account of Acme. Sign in with that one, or in another way, and disconnect it in the settings; then this one can be connected.',
        );
        mock.timers.tick(10_000);
        assert.equal((await arrive('id-lee')).next?.pathname, '/settings');
      });

      const lies: Record<string, () => void> = {
        'names another issuer': () => {
          peer().state.idToken = (claims) => ({ ...claims, iss: 'https://evil.example' });
        },
        'is for another client': () => {
          peer().state.idToken = (claims) => ({ ...claims, aud: 'another' });
        },
        'answers another request': () => {
          peer().state.idToken = (claims) => ({ ...claims, nonce: 'x'.repeat(32) });
        },
        'answers no request': () => {
          peer().state.idToken = ({ nonce, ...claims }) => (nonce === undefined ? {} : claims);
        },
        'has expired': () => {
          peer().state.idToken = (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 10 });
        },
        'never expires': () => {
          peer().state.idToken = ({ exp, ...claims }) => (exp === undefined ? {} : claims);
        },
        'was issued at no time': () => {
          peer().state.idToken = ({ iat, ...claims }) => (iat === undefined ? {} : claims);
        },
        'was made for somebody else, who hands it on': () => {
          peer().state.idToken = (claims) => ({ ...claims, azp: 'another' });
        },
        'is for several, and does not say for whom it was made': () => {
          peer().state.idToken = (claims) => ({ ...claims, aud: [claims.aud, 'another'] });
        },
        'is for several, and was made for somebody else': () => {
          peer().state.idToken = (claims) => ({ ...claims, aud: [claims.aud, 'another'], azp: 'another' });
        },
        'is signed with another key': () => {
          peer().state.key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
        },
        'is missing': () => {
          peer().state.idToken = () => undefined;
        },
        'names nobody': () => {
          peer().state.idToken = ({ sub, ...claims }) => (sub === undefined ? {} : claims);
        },
      };
      for (const [what, lie] of Object.entries(lies)) {
        test(`an ID token that ${what}`, async () => {
          const sub = await believed();
          lie();
          assertTurnedAway(await arrive(sub), untrusted);
        });
      }

      test('a callback that another issuer answers, or nobody says who', async () => {
        const sub = await believed();
        for (const iss of ['https://evil.example', '', undefined]) {
          const client = newCookieClient();
          const callback = await callbackOf(sub, client);
          assert.equal(callback.searchParams.get('iss'), peer().issuer);
          if (iss === undefined) callback.searchParams.delete('iss');
          else callback.searchParams.set('iss', iss);
          assertTurnedAway(await client.follow(await client.go(callback.href)), untrusted);
        }
      });

      test('a callback that says something twice', async () => {
        const sub = await believed();
        for (const name of ['code', 'iss', 'state']) {
          mock.timers.tick(10_000);
          const client = newCookieClient();
          const callback = await callbackOf(sub, client);
          callback.searchParams.append(name, callback.searchParams.get(name) ?? '');
          assertTurnedAway(await client.follow(await client.go(callback.href)), untrusted);
        }
      });

      test('an address that the provider tells of somebody else', async () => {
        const sub = await believed();
        peer().state.userInfo = (claims) => ({ ...claims, sub: 'id-other' });
        assertTurnedAway(await arrive(sub), stranger);
      });

      test('who is not sent by a page of the gateway', async () => {
        for (const origin of ['https://evil.example', 'null']) {
          const begun = await begin(newCookieClient(), '/', origin);
          assert.equal(begun.status, 403);
          assert.deepEqual(begun.setCookies, []);
        }
      });

      test('who begins too often', async () => {
        mock.timers.tick(60_000);
        let refused = await begin(newCookieClient());
        for (let begun = 1; begun <= 300; begun++) {
          assert.equal(refused.status, 200, `${begun}`);
          refused = await begin(newCookieClient());
        }
        assert.equal(refused.status, 429);
        assert.ok(refused.body.includes('Too many sign-ins were begun. Try again in 1 s.'));
        mock.timers.tick(100);
        assert.equal((await begin(newCookieClient())).status, 200);
      });
    });

    describe('connecting', () => {
      test('takes a browser that signed in a short while ago, and a page of the gateway', async () => {
        const { ownerToken, publicUrl } = here();
        const origin = publicUrl;
        const byToken = await here().call('POST', '/v1/me/oidc', {
          token: ownerToken,
          body: {},
          headers: { origin },
        });
        assertRefused(byToken, 403, 'forbidden', takesBrowser);
        const cookie = await signIn();
        const elsewhere = await connect(cookie, {}, { origin: 'https://evil.example' });
        assertRefused(
          elsewhere,
          403,
          'forbidden',
          `This must be sent by a page of this gateway, at ${publicUrl}.`,
        );
        const away = await connect(cookie, { next: '//evil.example' });
        const says = 'The body is not valid at /next: not a path of this gateway.';
        assertRefused(away, 400, 'invalid_request', says);
        mock.timers.tick(hour);
        assertRefused(
          await connect(cookie),
          403,
          'insufficient_user_authentication',
          /^This takes a person who has shown within the last ten minutes who they are\./,
        );
      });

      test('takes no account that somebody else has connected', async () => {
        await join('gil@example.com');
        peer().state.people = { 'id-gil': { email: 'gil@example.com', email_verified: true } };
        await arrive('id-gil');
        const client = newCookieClient();
        await member(client, 'hal@example.com');
        const step = await connecting(client, 'id-gil');
        assert.equal(step.status, 403);
        const says =
          'This account of Acme is connected with another account here. Disconnect it there first, or choose another one.';
        assertSays(step, says);
        assert.equal(await isConnected(client), false);
      });

      test('by a proven address ends what was set under it before, once', async () => {
        const email = 'boss@example.com';
        const impostor = await join(email);
        const made = await here().call('POST', '/v1/tokens', {
          body: { name: 'theirs' },
          headers: { cookie: impostor, origin: here().publicUrl },
        });
        const works = async () => (await here().call('GET', '/v1/me', { token: made.body.value })).status;
        assert.equal(await works(), 200);
        peer().state.people = { 'id-boss': { email, email_verified: true } };
        const boss = newCookieClient();
        await arrive('id-boss', '/', boss);
        assert.equal((await meOf(boss)).user.email, email);
        assert.equal(await works(), 401);
        assert.equal((await get('/v1/me', impostor)).status, 401);
        assert.equal((await post('/login', { email, password })).status, 401);

        // Proven once, the address is theirs: what is set from now on stays.
        peer().state.idToken = (claims) => ({ ...claims, auth_time: Math.floor(Date.now() / 1000) });
        const again = newCookieClient();
        await arrive('id-boss', '/', again);
        const headers = { cookie: again.cookies(here().publicUrl), origin: here().publicUrl };
        assert.equal((await here().call('POST', '/v1/login-links', { headers, body: {} })).status, 201);
        assert.equal((await meOf(boss)).user.email, email);
      });

      test('ends when one says so, but not where it is the only way in', async () => {
        const disconnect = (cookie: string) =>
          here().call('DELETE', '/v1/me/oidc', { headers: { cookie, origin: here().publicUrl } });
        const client = newCookieClient();
        await member(client, 'ida@example.com');
        peer().state.people = { 'id-ida': {} };
        await connecting(client, 'id-ida');
        await press(client);
        const cookie = client.cookies(here().publicUrl);
        assert.equal((await disconnect(cookie)).status, 204);
        assert.equal(await isConnected(client), false);
        assertRefused(
          await disconnect(cookie),
          404,
          'not_found',
          'Your account is not connected with single sign-on.',
        );

        const only = newCookieClient();
        const joined = await here().person('member');
        only.setCookies(here().publicUrl, [await signIn(joined.token)]);
        peer().state.people = { 'id-only': {} };
        await connecting(only, 'id-only');
        await press(only);
        assertRefused(
          await disconnect(only.cookies(here().publicUrl)),
          409,
          'conflict',
          'This is the only way in which you sign in. Set a password or add a passkey first.',
        );
        const byToken = await here().call('DELETE', '/v1/me/oidc', { token: here().ownerToken });
        assertRefused(byToken, 403, 'forbidden', takesBrowser);
      });
    });
  });
}
