// Connecting asks before it is made: what a page on another port of the same host can plant, connects nobody with anybody.
import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { assertSays, sessionsIn, signOnWith } from './routes/sign-on.ts';
import { type CookieClient, newCookieClient } from './support/cookie-client.ts';
import { engines } from './support/databases.ts';
import { secretOf } from './support/page-secrets.ts';

const over =
  'Nothing was connected. This was begun in another browser or by somebody else, was done already, or waited for longer than five minutes. Begin again in the settings.';
const ended =
  'You were signed out meanwhile, so that nothing was connected. Sign in, and begin again in the settings.';

for (const engine of engines) {
  describe(`connecting single sign-on on ${engine.name}`, { skip: engine.skip }, () => {
    const {
      here,
      peer,
      isCallback,
      begin,
      callbackFrom,
      member,
      connect,
      connecting,
      press,
      isConnected,
      accounts,
    } = signOnWith(engine);

    const plant = (client: CookieClient, from: CookieClient, name: string) => {
      const cookies = from.cookies(here().publicUrl).split('; ');
      const found = cookies.filter((one) => one.startsWith(`${name}=`));
      assert.equal(found.length, 1, cookies.join(' '));
      client.setCookies(here().publicUrl, found);
    };
    const page = (client: CookieClient) => client.go(`${here().publicUrl}/login/oidc/connect`);
    const subjects = async () => (await accounts()).map(({ accountId }) => accountId.split(' ')[1]);

    test('names both accounts, and connects them at a press, once', async () => {
      const client = newCookieClient();
      await member(client, 'ann@example.com');
      peer().state.people = { 'id-ann': { email: '<b>ann\u202e@elsewhere.example', email_verified: false } };
      const asked = await connecting(client, 'id-ann', '/settings/you');
      assert.equal(asked.url.pathname, '/login/oidc/connect');
      for (const says of [
        '&lt;b&gt;ann‹U+202E›@elsewhere.example',
        '(its id there is id-ann)',
        '<strong>Somebody</strong>, <strong>ann@example.com</strong>',
      ])
        assertSays(asked, says);
      assert.equal(await isConnected(client), false);
      const answers = await Promise.all(Array.from({ length: 10 }, () => press(client)));
      const counts = [303, 410].map((one) => answers.filter(({ status }) => status === one).length);
      assert.deepEqual(counts, [1, 9]);
      assert.equal(answers.find(({ status }) => status === 303)?.next?.pathname, '/settings/you');
      assert.equal(await isConnected(client), true);
      const again = await press(client);
      assert.equal(again.status, 410);
      assertSays(again, over);
    });

    test('names the account by its id where it has no address', async () => {
      const client = newCookieClient();
      await member(client, 'bob@example.com');
      peer().state.people = { 'id-bob': {} };
      assertSays(await connecting(client, 'id-bob'), 'at Acme as <strong>id-bob</strong> is then');
    });

    test('connects nothing where nobody presses, or too late', async () => {
      const client = newCookieClient();
      await member(client, 'cid@example.com');
      peer().state.people = { 'id-cid': {} };
      await connecting(client, 'id-cid');
      assert.equal((await page(client)).status, 200);
      mock.timers.tick(5 * 60_000);
      assert.equal((await page(client)).status, 410);
      assertSays(await press(client), over);
      assert.equal(await isConnected(client), false);
    });

    test('takes a press on a page of the gateway', async () => {
      const client = newCookieClient();
      await member(client, 'dan@example.com');
      peer().state.people = { 'id-dan': {} };
      await connecting(client, 'id-dan');
      for (const origin of ['https://evil.example', 'null', here().publicUrl.replace(/\d+$/, '1')])
        assert.equal((await press(client, origin)).status, 403);
      assert.equal(await isConnected(client), false);
      assert.equal((await press(client)).status, 303);
    });

    test('asks for nothing by itself', async () => {
      const stranger = newCookieClient();
      const step = await page(stranger);
      assert.equal(step.status, 403);
      assertSays(step, ended);
      assertSays(await press(stranger), 'You are signed out. Sign in again.');
      await member(stranger, 'eve@example.com');
      assertSays(await page(stranger), over);
    });

    test('refuses a second account of the provider, before it asks and when it is pressed', async () => {
      const client = newCookieClient();
      await member(client, 'fay@example.com');
      peer().state.people = { 'id-fay': {}, 'id-two': {}, 'id-three': {} };
      const other = newCookieClient();
      other.setCookies(here().publicUrl, [client.cookies(here().publicUrl)]);
      const says = 'Your account here is connected with another account of Acme.';
      await connecting(other, 'id-two');
      await connecting(client, 'id-fay');
      assert.equal((await press(client)).status, 303);
      const late = await press(other);
      assert.equal(late.status, 403);
      assertSays(late, says);
      mock.timers.tick(10_000);
      const early = await connecting(newBrowserOf(client), 'id-three');
      assert.equal(early.status, 403);
      assertSays(early, says);
      assert.ok(!(await subjects()).some((one) => one === 'id-two' || one === 'id-three'));
    });

    const newBrowserOf = (client: CookieClient) => {
      const browser = newCookieClient();
      plant(browser, client, 'assent.session_token');
      return browser;
    };

    describe('with planted cookies', () => {
      /** An attacker who has begun to connect, and a victim who is signed in. */
      async function both(name: string) {
        const attacker = newCookieClient();
        const victim = newCookieClient();
        await member(attacker, `attacker-${name}@example.com`);
        await member(victim, `victim-${name}@example.com`);
        peer().state.people = { [`evil-${name}`]: {}, [`good-${name}`]: {} };
        const { body, headers } = await connect(attacker.cookies(here().publicUrl));
        attacker.setCookies(here().publicUrl, headers.getSetCookie());
        return { attacker, victim, url: String(body.url) };
      }
      const follow = async (client: CookieClient, url: string) =>
        client.follow(await client.go(url), ({ pathname }) => pathname !== '/settings');

      test('the attacker’s account is not connected with the victim', async () => {
        const { attacker, victim, url } = await both('a');
        const callback = await callbackFrom(await attacker.go(url), 'evil-a', attacker);
        plant(victim, attacker, 'assent.state');
        const step = await follow(victim, callback.href);
        assert.equal(step.status, 410);
        assertSays(step, over);
        assert.equal((await press(victim)).status, 410);
        for (const one of [attacker, victim]) assert.equal(await isConnected(one), false);
      });

      test('the victim’s account is not connected with the attacker', async () => {
        const { attacker, victim, url } = await both('b');
        plant(victim, attacker, 'assent.state');
        peer().state.signsIn = 'good-b';
        const step = await follow(victim, url);
        assert.equal(step.status, 410);
        // The browser that came back has the cookie, the one that began has the session: neither has both.
        assert.equal((await press(victim)).status, 410);
        assert.equal((await press(attacker)).status, 410);
        assert.deepEqual(
          (await subjects()).filter((one) => one === 'good-b'),
          [],
        );
      });

      test('also a session of the attacker’s connects nothing before a page has said whose it is', async () => {
        const { attacker, victim, url } = await both('c');
        plant(victim, attacker, 'assent.state');
        plant(victim, attacker, 'assent.session_token');
        peer().state.signsIn = 'good-c';
        const step = await follow(victim, url);
        assertSays(step, '<strong>attacker-c@example.com</strong>');
        assertSays(step, '<strong>good-c</strong>');
        assert.deepEqual(
          (await subjects()).filter((one) => one === 'good-c'),
          [],
        );
      });

      test('what waits for the attacker’s press is not pressed for by the victim, nor the other way round', async () => {
        const { attacker, victim, url } = await both('d');
        const callback = await callbackFrom(await attacker.go(url), 'evil-d', attacker);
        await follow(attacker, callback.href);
        plant(victim, attacker, 'assent.connection');
        assert.equal((await page(victim)).status, 410);
        assert.equal((await press(victim)).status, 410);
        for (const one of [attacker, victim]) assert.equal(await isConnected(one), false);
      });

      test('nobody signs in by a connection, nor connects by a sign-in', async () => {
        const { attacker, url } = await both('e');
        const callback = await callbackFrom(await attacker.go(url), 'evil-e', attacker);
        assert.deepEqual(sessionsIn(await attacker.follow(await attacker.go(callback.href))), []);
        const begun = await callbackFrom(await begin(attacker), 'evil-e', attacker);
        assert.ok(isCallback(begun));
        await attacker.go(begun.href);
        assert.equal(await isConnected(attacker), false);
      });
    });
  });
}

describe('the cookies of single sign-on at https', () => {
  const [sqlite] = engines;
  assert.ok(sqlite);
  const publicUrl = 'https://assent.example.com';
  const { here, peer, join, loginLink } = signOnWith(sqlite, { publicUrl });

  test('and of what it signs in are this very host’s, and come by https alone', async () => {
    const token = await loginLink();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl };
    const [session = ''] = (
      await here().call('POST', '/login', { raw: `token=${token}`, headers })
    ).headers.getSetCookie();
    assert.match(
      session,
      /^__Host-assent\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const cookie = session.split(';')[0] ?? '';
    assert.equal((await here().call('GET', '/v1/me', { headers: { cookie } })).status, 200);
    // One without the prefix may have been planted.
    const planted = { cookie: cookie.replace('__Host-', ''), 'x-assent-page': secretOf(cookie) ?? '' };
    assert.equal((await here().call('GET', '/v1/me', { headers: planted })).status, 401);
    const challenge = await here().call('GET', '/v1/auth/passkey/generate-authenticate-options');
    assert.match(challenge.headers.getSetCookie()[0] ?? '', /^__Host-assent\.passkey=/);
  });

  test('are this very host’s, and come by https alone', async () => {
    const origin = { origin: publicUrl };
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...origin };
    const cookie = await join('ann@example.com');
    const connected = await here().call('POST', '/v1/me/oidc', { body: {}, headers: { cookie, ...origin } });
    const begun = await here().call('POST', '/login/oidc', { raw: 'next=%2F', headers: form });
    for (const { headers } of [begun, connected]) {
      const [line = '', ...others] = headers.getSetCookie();
      assert.deepEqual(others, []);
      assert.match(
        line,
        /^__Host-assent\.state=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
    }
    peer().state.people = { 'id-ann': {} };
    peer().state.signsIn = 'id-ann';
    const browser = newCookieClient();
    const { next } = await browser.follow(
      await browser.go(connected.body.url),
      (url) => url.origin === peer().issuer,
    );
    assert.equal(next?.origin, publicUrl);
    const state = connected.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const callback = (cookie: string) =>
      here().call('GET', next.pathname + next.search, { headers: { cookie } });
    // One without the prefix may have been planted.
    assert.equal(
      (await callback(state.replace('__Host-', ''))).headers.get('location'),
      '/login?problem=stale',
    );
    const [forgotten, asked = ''] = (await callback(state)).headers.getSetCookie();
    assert.equal(forgotten, '__Host-assent.state=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax');
    assert.match(
      asked,
      /^__Host-assent\.connection=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const pressed = await here().call('POST', '/login/oidc/connect', {
      raw: '',
      headers: { ...form, cookie: `${cookie}; ${asked.split(';')[0]}` },
    });
    assert.equal(pressed.status, 303, pressed.body);
    assert.deepEqual(pressed.headers.getSetCookie(), [
      '__Host-assent.connection=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict',
    ]);
  });
});
