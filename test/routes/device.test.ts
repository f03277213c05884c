import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { engines } from '../support/databases.ts';
import { assertRefused } from '../support/gateway.ts';
import { assertPage, browserOn, locationOf } from './browser.ts';

const minute = 60_000;

for (const engine of engines) {
  describe(`a command line is let in: on ${engine.name}`, { skip: engine.skip }, () => {
    const { here, post, get, signIn, join, remove } = browserOn(engine);

    describe('a device', () => {
      const start = async () => {
        const { status, body } = await here().call('POST', '/v1/device/code');
        assert.equal(status, 200);
        return body;
      };
      const poll = (deviceCode: string) =>
        here().call('POST', '/v1/device/token', { body: { deviceCode, name: 'laptop' } });
      const pollAgain = (deviceCode: string) => {
        mock.timers.tick(2000);
        return poll(deviceCode);
      };
      const decide = (cookie: string, user_code: string, decision: string) =>
        post('/device', { user_code, decision }, { cookie });

      test('waits, is let in by a person, and gets a user token', async () => {
        const code = await start();
        assert.deepEqual(
          [code.verificationUri, code.verificationUriComplete, code.expiresIn, code.interval],
          [`${here().publicUrl}/device`, `${here().publicUrl}/device?user_code=${code.userCode}`, 600, 2],
        );
        assert.match(code.userCode, /^[A-Z2-9]{8}$/);
        assert.match(code.deviceCode, /^[A-Za-z0-9]{40}$/);
        const waits = await poll(code.deviceCode);
        assert.deepEqual([waits.status, waits.body], [202, { status: 'pending' }]);
        const tooFast = await poll(code.deviceCode);
        assert.deepEqual([tooFast.status, tooFast.body], [202, { status: 'slow_down' }]);
        assert.deepEqual((await pollAgain(code.deviceCode)).body, { status: 'pending' });

        const path = `/device?user_code=${code.userCode}`;
        assert.deepEqual(locationOf(await get(path)), [303, `/login?next=${encodeURIComponent(path)}`]);
        const person = await here().person('member');
        const cookie = await signIn(person.token);
        assert.match((await get('/device', cookie)).body, /<input name="user_code" required/);
        const page = await get(path, cookie);
        assert.equal(page.status, 200);
        assert.ok(page.body.includes(`<p class="code">${code.userCode}</p>`));
        // Looking is not approving.
        assert.deepEqual((await pollAgain(code.deviceCode)).body, { status: 'pending' });
        const elsewhere = { cookie, origin: 'https://evil.example' };
        const foreign = await post('/device', { user_code: code.userCode, decision: 'approve' }, elsewhere);
        assertPage(foreign, 403, `This must be sent by a page of this gateway, at ${here().publicUrl}.`);
        assert.deepEqual((await pollAgain(code.deviceCode)).body, { status: 'pending' });

        assertPage(await decide(cookie, code.userCode, 'approve'), 200, 'The command line is let in.');
        const granted = await pollAgain(code.deviceCode);
        assert.equal(granted.status, 200);
        assert.deepEqual(Object.keys(granted.body), ['token']);
        assert.match(granted.body.token, /^ast_u_/);
        const { user } = (await here().call('GET', '/v1/status', { token: granted.body.token })).body;
        assert.deepEqual([user.id, user.role], [person.userId, 'member']);
        const { tokens } = (await here().call('GET', '/v1/tokens', person)).body;
        assert.equal(tokens[0].name, 'laptop');
        const says = 'There is no such device code. Start the login again.';
        assertRefused(await pollAgain(code.deviceCode), 400, 'invalid_request', says);
        assertPage(await get(path, cookie), 400, 'There is no such code.');
      });

      test('takes its code in small letters and with a dash, and one decision', async () => {
        const { userCode, deviceCode } = await start();
        const typed = `${userCode.slice(0, 4)}-${userCode.slice(4)}`.toLowerCase();
        const cookie = await signIn();
        assertPage(await decide(cookie, typed, 'approve'), 200, 'The command line is let in.');
        for (const decision of ['approve', 'deny']) {
          assertPage(await decide(cookie, userCode, decision), 409, 'This code was decided already.');
        }
        assert.equal((await pollAgain(deviceCode)).status, 200);
      });

      test('is told that it was denied, once', async () => {
        const { userCode, deviceCode } = await start();
        assertPage(await decide(await signIn(), userCode, 'deny'), 200, 'Denied. Nobody was let in.');
        assertRefused(await pollAgain(deviceCode), 403, 'denied', 'The login was denied in the browser.');
        const says = 'There is no such device code. Start the login again.';
        assertRefused(await pollAgain(deviceCode), 400, 'invalid_request', says);
      });

      test('does not get in with a code that nobody has, or that is too old', async () => {
        const cookie = await signIn();
        assertPage(await get('/device?user_code=AAAAAAAA', cookie), 400, 'There is no such code.');
        assertPage(await decide(cookie, 'AAAAAAAA', 'approve'), 400, 'There is no such code.');
        const { userCode, deviceCode } = await start();
        mock.timers.tick(10 * minute + 1);
        const says = 'The code has expired. Start the login again.';
        assertPage(await get(`/device?user_code=${userCode}`, cookie), 410, says);
        assertPage(await decide(cookie, userCode, 'approve'), 410, says);
        assertRefused(await poll(deviceCode), 410, 'expired', says);
      });

      test('is let in by the one who looked its code up first', async () => {
        const { userCode, deviceCode } = await start();
        const [first, other] = [await here().person('member'), await here().person('admin')];
        const cookie = await signIn(first.token);
        assert.equal((await get(`/device?user_code=${userCode}`, cookie)).status, 200);
        assert.equal((await decide(await signIn(other.token), userCode, 'approve')).status, 403);
        assert.equal((await decide(cookie, userCode, 'approve')).status, 200);
        const { token } = (await pollAgain(deviceCode)).body;
        assert.equal((await here().call('GET', '/v1/status', { token })).body.user.id, first.userId);
      });

      test('gets nothing from one who is no member any more', async () => {
        const { userCode, deviceCode } = await start();
        const cookie = await join('gone@example.com');
        assert.equal((await decide(cookie, userCode, 'approve')).status, 200);
        await remove('gone@example.com');
        const says = 'You are not a member of this organization. Ask an owner to invite you.';
        assertRefused(await pollAgain(deviceCode), 401, 'unauthenticated', says);
      });
    });
  });
}
