import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { trustedProxies } from '../src/config/trusted-proxies.ts';
import { assertPage, browserOn, password } from './routes/browser.ts';
import { engines } from './support/databases.ts';
import { type Answer, assertRefused } from './support/gateway.ts';

const second = 1000;
const minute = 60 * second;
const wrong = 'This address and password do not go together.';
const held = (seconds: number) => `Too many wrong passwords. Try again in ${seconds} s.`;

for (const engine of engines) {
  describe(`who guesses is slowed down on ${engine.name}`, { skip: engine.skip }, () => {
    // Whoever asks says in `x-forwarded-for` from where.
    const { here, post, get, loginLink, signIn, invite } = browserOn(engine, [], async () => ({
      trustedProxies: trustedProxies('127.0.0.1'),
    }));

    let addresses = 0;
    /** Where nobody has been before. */
    const newAddress = () => `203.0.${Math.floor(++addresses / 250)}.${addresses % 250}`;
    const from = (address: string, cookie?: string) => ({
      'x-forwarded-for': address,
      ...(cookie !== undefined && { cookie }),
    });
    const logIn = (email: string, secret: string, address = newAddress(), cookie?: string) =>
      post('/login', { email, password: secret }, from(address, cookie));
    const guess = (email: string, address?: string, cookie?: string) =>
      logIn(email, 'a wrong guess', address, cookie);
    /** Somebody with a password, and the cookie of their browser that signs nobody in. */
    const join = async (email: string, address = newAddress()) => {
      const form = { token: await invite(email), name: 'Somebody', password };
      return { address, browser: familiarOf(await post('/invite', form, from(address))) };
    };
    /** 60 guesses at once, each from an address of its own. */
    const attack = (email: string) => Promise.all(Array.from({ length: 60 }, () => guess(email)));
    const heardOf = (answers: readonly Answer[], status = 401) =>
      answers.filter((answer) => answer.status === status).length;

    test('60 guesses from 60 addresses at one account: five are heard, the others are told to wait', async () => {
      await join('target@example.com');
      const answers = await attack('target@example.com');
      assert.deepEqual([heardOf(answers), heardOf(answers, 429)], [5, 55]);
      const refused = answers.find(({ status }) => status === 429);
      assert.ok(refused);
      assertPage(refused, 429, held(5));
      assert.equal(refused.headers.get('retry-after'), '5');
    });

    test('whether or not there is such an account', async () => {
      const [there, nowhere] = ['there@example.com', 'nowhere@example.com'];
      await join(there);
      const gist = ({ status, body, headers }: Answer) => [status, body, headers.get('retry-after')];
      const told = async (email: string) => {
        const answers = [];
        for (let tries = 0; tries < 8; tries++) answers.push(gist(await guess(email)));
        mock.timers.tick(5 * second);
        for (let tries = 0; tries < 2; tries++) answers.push(gist(await guess(email.toUpperCase())));
        return answers;
      };
      assert.deepEqual(await told(there), await told(nowhere));
    });

    test('each wrong one that is heard doubles the wait, up to a quarter of an hour', async () => {
      // No address at all, which no password is hashed for.
      const email = 'patient';
      for (let tries = 0; tries < 5; tries++) assertPage(await guess(email), 401, wrong);
      for (const seconds of [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]) {
        assertPage(await guess(email), 429, held(seconds));
        mock.timers.tick(seconds * second - 1);
        assertPage(await guess(email), 429, held(1));
        mock.timers.tick(1);
        assertPage(await guess(email), 401, wrong);
      }
      mock.timers.tick(24 * 60 * minute);
      for (let tries = 0; tries < 5; tries++) assertPage(await guess(email), 401, wrong);
      assertPage(await guess(email), 429, held(5));
    });

    test('the right person gets in meanwhile, from an address or with a browser that is known', async () => {
      const email = 'right@example.com';
      const { address, browser } = await join(email);
      const other = await join('bystander@example.com');
      await attack(email);
      assert.equal((await logIn(email, password)).status, 429);
      assert.equal((await logIn(email, password, address)).status, 200);
      assert.equal((await logIn(email, password, newAddress(), browser)).status, 200);
      // Known for another account is not known for this one.
      assert.equal((await logIn(email, password, other.address)).status, 429);
      assert.equal((await logIn(email, password, newAddress(), other.browser)).status, 429);
      for (const made of ['assent.familiar=x', `assent.familiar=${'A'.repeat(22)}`])
        assert.equal((await logIn(email, password, newAddress(), made)).status, 429);
      mock.timers.tick(5 * second);
      const elsewhere = newAddress();
      assert.equal((await logIn(email, password, elsewhere)).status, 200);
      await attack(email);
      assert.equal((await logIn(email, password)).status, 429);
      assert.equal((await logIn(email, password, elsewhere)).status, 200);
    });

    test('another account is as it was', async () => {
      await join('calm@example.com');
      await attack('stormy@example.com');
      assertPage(await guess('calm@example.com'), 401, wrong);
      assert.equal((await logIn('calm@example.com', password)).status, 200);
    });

    test('whoever is known has five of their own, and a right one gives these back, and no others', async () => {
      const email = 'clumsy@example.com';
      const { address, browser } = await join(email);
      for (let tries = 0; tries < 5; tries++) assertPage(await guess(email, address), 401, wrong);
      assertPage(await guess(email, address), 429, held(5));
      // The browser has its own, wherever it is, and so have strangers.
      for (let tries = 0; tries < 4; tries++) await guess(email, address, browser);
      for (let tries = 0; tries < 4; tries++) assertPage(await guess(email), 401, wrong);
      assert.equal((await logIn(email, password, address, browser)).status, 200);
      assertPage(await guess(email, address), 429, held(5));
      for (let tries = 0; tries < 5; tries++) assertPage(await guess(email, address, browser), 401, wrong);
      assertPage(await guess(email, address, browser), 429, held(5));
      assertPage(await guess(email), 401, wrong);
      assertPage(await guess(email), 429, held(5));
    });

    test('right ones at once are all heard, and count nowhere', async () => {
      const email = 'often@example.com';
      const { address } = await join(email);
      for (let times = 0; times < 3; times++) {
        const answers = await Promise.all(Array.from({ length: 4 }, () => logIn(email, password, address)));
        assert.deepEqual([heardOf(answers, 200)], [4]);
      }
      for (let tries = 0; tries < 5; tries++) assertPage(await guess(email, address), 401, wrong);
    });

    test('one who guesses behind an address that many share locks nobody out', async () => {
      const shared = newAddress();
      const [ann, bob] = ['ann@example.com', 'bob@example.com'];
      await join(ann, shared);
      const { browser } = await join(bob, shared);
      const guesses = Array.from({ length: 52 }, (_, at) => guess(`nobody-${at}`, shared));
      assert.deepEqual(heardOf(await Promise.all(guesses)), 50);
      assert.equal((await logIn(ann, password, shared)).status, 200);
      await Promise.all(Array.from({ length: 10 }, () => guess(bob, shared)));
      assert.equal((await logIn(bob, password, shared)).status, 429);
      assert.equal((await logIn(bob, password, shared, browser)).status, 200);
      // Who is new there joins all the same, and waits a second to sign in with an account from elsewhere.
      await join('carl@example.com', shared);
      await join('dora@example.com');
      assertPage(await logIn('dora@example.com', password, shared), 429, held(1));
      mock.timers.tick(second);
      assert.equal((await logIn('dora@example.com', password, shared)).status, 200);
    });

    test('all addresses of an IPv6 network are one', async () => {
      const open = (address: string) => here().call('GET', '/login?token=x', { headers: from(address) });
      const all = Array.from({ length: 60 }, (_, at) => open(`2001:db8:0:7:${at}::1`));
      assert.equal(heardOf(await Promise.all(all), 410), 50);
      assert.equal((await open('2001:db8:0:7::')).status, 429);
      assert.equal((await open('2001:db8:0:8::1')).status, 410);
    });

    test('an invitation gives no more guesses at the password of who has an account', async () => {
      // Somebody of another organization, who has a password already.
      const { token: own } = await here().person('member', await here().organization());
      const { email } = (await here().call('GET', '/v1/me', { token: own })).body.user;
      const address = newAddress();
      const headers = { ...from(address, await signIn(own)), origin: here().publicUrl };
      const set = await here().call('PUT', '/v1/me/password', { headers, body: { password } });
      assert.equal(set.status, 200, JSON.stringify(set.body));
      const token = await invite(email);
      const tries = await Promise.all(
        Array.from({ length: 10 }, () =>
          post('/invite', { token, password: 'a wrong guess' }, from(newAddress())),
        ),
      );
      assert.deepEqual([heardOf(tries), heardOf(tries, 429)], [5, 5]);
      assert.equal((await guess(email)).status, 429);
      assert.equal((await post('/invite', { token, password }, from(address))).status, 200);
    });

    test('the current password, in a browser that somebody left open', async () => {
      const joined = await post('/invite', { token: await invite('open@example.com'), password });
      const [session = ''] = joined.headers.getSetCookie();
      const change = (current: string) =>
        here().call('PUT', '/v1/me/password', {
          body: { current, password: 'another password' },
          headers: { origin: here().publicUrl, cookie: session.split(';')[0] ?? '', ...from(newAddress()) },
        });
      const says = 'This is not your current password. Nothing was changed.';
      for (let tries = 0; tries < 5; tries++) assertRefused(await change('a guess'), 403, 'forbidden', says);
      const refused = await change(password);
      assertRefused(refused, 429, 'rate_limited', held(5));
      assert.equal(refused.headers.get('retry-after'), '5');
      mock.timers.tick(5 * second);
      assert.equal((await change(password)).status, 200);
    });

    test('codes of command lines, by a user and from an address', async () => {
      const tooMany = (seconds: number) => `Too many wrong codes. Try again in ${seconds} s.`;
      const look = (cookie: string, code: string, address = newAddress()) =>
        here().call('GET', `/v1/device/${code}`, { headers: from(address, cookie) });
      const approve = (cookie: string, code: string) =>
        here().call('POST', `/v1/device/${code}/decision`, {
          body: { decision: 'approve' },
          headers: { ...from(newAddress(), cookie), origin: here().publicUrl },
        });
      const ours = await signIn((await here().person('member')).token);
      const theirs = await signIn((await here().person('member')).token);
      const { userCode } = (await here().call('POST', '/v1/device/code')).body;
      for (let tries = 0; tries < 3; tries++) assert.equal((await look(ours, 'BBBBBBBB')).status, 410);
      for (let looks = 0; looks < 8; looks++) assert.equal((await look(ours, userCode)).status, 200);
      for (let tries = 0; tries < 2; tries++) assert.equal((await approve(ours, 'BBBBBBBB')).status, 410);
      assertRefused(await look(ours, userCode), 429, 'rate_limited', tooMany(5));
      assertRefused(await approve(ours, userCode), 429, 'rate_limited', tooMany(5));
      assert.equal((await look(theirs, 'BBBBBBBB')).status, 410);
      const address = newAddress();
      for (let people = 0; people < 10; people++) {
        const cookie = await signIn((await here().person('member')).token);
        for (let tries = 0; tries < 5; tries++) await look(cookie, 'BBBBBBBB', address);
      }
      assertRefused(await look(theirs, 'BBBBBBBB', address), 429, 'rate_limited', tooMany(1));
      mock.timers.tick(5 * second);
      assert.equal((await approve(ours, userCode)).status, 204);
    });

    test('codes that command lines ask for: ten of an address, then one in six seconds', async () => {
      const address = newAddress();
      const ask = () => here().call('POST', '/v1/device/code', { headers: from(address) });
      const answers = await Promise.all(Array.from({ length: 14 }, ask));
      assert.deepEqual([heardOf(answers, 200), heardOf(answers, 429)], [10, 4]);
      assertRefused(await ask(), 429, 'rate_limited', 'Too many logins were begun. Try again in 6 s.');
      for (let times = 0; times < 3; times++) {
        mock.timers.tick(6 * second);
        assert.deepEqual([(await ask()).status, (await ask()).status], [200, 429]);
      }
    });

    test('links that are not good; one that is good is let in all the same', async () => {
      const address = newAddress();
      const open = (path: string, token: string) =>
        here().call('GET', `${path}?token=${token}`, { headers: from(address) });
      const use = (path: string, token: string) => post(path, { token, password }, from(address));
      const tries = ['/login', '/invite'].flatMap((path) =>
        Array.from({ length: 15 }, async () => [await open(path, 'x'), await use(path, 'x')]),
      );
      const answers = (await Promise.all(tries)).flat();
      assert.deepEqual([heardOf(answers, 410), heardOf(answers, 429)], [50, 10]);
      assertPage(await open('/login', 'x'), 429, 'Too many links that are not good. Try again in 1 s.');
      assert.equal((await use('/login', await loginLink())).status, 200);
      const token = await invite('welcome@example.com');
      assert.equal((await open('/invite', token)).status, 200);
      assert.equal((await use('/invite', token)).status, 200);
    });

    test('passkeys that nobody has, and sign-ins that are begun', async () => {
      const address = newAddress();
      const finish = () =>
        here().call('POST', '/v1/auth/passkey/verify-authentication', {
          body: { response: { id: 'unknown' } },
          headers: { origin: here().publicUrl, ...from(address) },
        });
      const answers = await Promise.all(Array.from({ length: 60 }, finish));
      assert.deepEqual([heardOf(answers, 410), heardOf(answers, 429)], [50, 10]);
      const says = 'Too many passkeys that were not taken. Try again in 1 s.';
      assertRefused(await finish(), 429, 'rate_limited', says);
      const begin = () =>
        here().call('GET', '/v1/auth/passkey/generate-authenticate-options', { headers: from(address) });
      const begun: Answer[] = [];
      for (let tens = 0; tens < 31; tens++)
        begun.push(...(await Promise.all(Array.from({ length: 10 }, begin))));
      assert.deepEqual([heardOf(begun, 200), heardOf(begun, 429)], [300, 10]);
      assertRefused(await begin(), 429, 'rate_limited', 'Too many sign-ins were begun. Try again in 1 s.');
      mock.timers.tick(second);
      assert.equal((await begin()).status, 200);
    });

    test('and what is kept of it names nobody', async () => {
      await guess('written-down@example.com', '198.51.100.99');
      const rows = await here().gateway.store.db.selectFrom('sign_in_attempts').selectAll().execute();
      assert.ok(rows.length > 0);
      for (const row of rows) {
        assert.deepEqual(Object.keys(row).toSorted(), ['expires_at', 'forgotten_at', 'key', 'next_at']);
        assert.match(row.key, /^[0-9a-f]{64}$/);
      }
      assert.equal((await get('/login')).status, 200);
    });
  });
}

function familiarOf(answer: Answer): string {
  assertPage(answer, 200, 'You are signed in');
  const line = answer.headers.getSetCookie().find((one) => one.startsWith('assent.familiar='));
  assert.match(
    line ?? '',
    /^assent\.familiar=[\w-]{22}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  return line?.split(';')[0] ?? '';
}
