import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { engines } from '../support/databases.ts';
import { assertRefused } from '../support/gateway.ts';
import { browserOn, locationOf } from './browser.ts';

const minute = 60_000;
const noSuchCode =
  'No command line waits under this code: it was mistyped, decided already, or is older than ten minutes. Check it, or start the login again.';

for (const engine of engines) {
  describe(`a command line is let in: on ${engine.name}`, { skip: engine.skip }, () => {
    const { here, get, signIn, join, remove } = browserOn(engine);

    describe('a device', () => {
      const start = async () => {
        // Ten of an address are taken at once, and one in six seconds then.
        mock.timers.tick(6000);
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
      const pathOf = (userCode: string) => `/v1/device/${userCode}`;
      const decide = (cookie: string, userCode: string, decision: string, origin = here().publicUrl) =>
        here().call('POST', `${pathOf(userCode)}/decision`, {
          body: { decision },
          headers: { cookie, origin },
        });

      test('waits, is let in by a person, and gets a user token', async () => {
        const code = await start();
        assert.deepEqual(
          [code.verificationUri, code.verificationUriComplete, code.expiresIn, code.interval],
          [`${here().publicUrl}/device`, `${here().publicUrl}/device?user_code=${code.userCode}`, 600, 2],
        );
        assert.match(code.userCode, /^[A-Z]{4}-[A-Z]{4}$/);
        assert.match(code.deviceCode, /^[0-9a-f]{64}$/);
        const waits = await poll(code.deviceCode);
        assert.deepEqual([waits.status, waits.body], [202, { status: 'pending' }]);
        const tooFast = await poll(code.deviceCode);
        assert.deepEqual([tooFast.status, tooFast.body], [202, { status: 'slow_down' }]);
        assert.deepEqual((await pollAgain(code.deviceCode)).body, { status: 'pending' });

        const path = `/device?user_code=${code.userCode}`;
        assert.deepEqual(locationOf(await get(path)), [303, `/login?next=${encodeURIComponent(path)}`]);
        const person = await here().person('member');
        const cookie = await signIn(person.token);
        const seen = await get(pathOf(code.userCode), cookie);
        assert.equal(seen.status, 200, JSON.stringify(seen.body));
        assert.deepEqual(Object.keys(seen.body), ['address', 'userAgent', 'since']);
        assert.deepEqual([seen.body.address, seen.body.userAgent], ['127.0.0.1', 'node']);
        // Looking is not approving.
        assert.deepEqual((await pollAgain(code.deviceCode)).body, { status: 'pending' });
        const foreign = await decide(cookie, code.userCode, 'approve', 'https://evil.example');
        const ours = `This must be sent by a page of this gateway, at ${here().publicUrl}.`;
        assertRefused(foreign, 403, 'forbidden', ours);
        const byToken = await here().call('POST', `${pathOf(code.userCode)}/decision`, {
          token: person.token,
          body: { decision: 'approve' },
        });
        assertRefused(byToken, 403, 'forbidden', /^This takes a person who is signed in with a browser/);
        assert.deepEqual((await pollAgain(code.deviceCode)).body, { status: 'pending' });

        assert.equal((await decide(cookie, code.userCode, 'approve')).status, 204);
        const granted = await pollAgain(code.deviceCode);
        assert.equal(granted.status, 200);
        assert.deepEqual(Object.keys(granted.body), ['token', 'expiresAt']);
        assert.equal(Date.parse(granted.body.expiresAt) - Date.now(), 90 * 24 * 60 * minute);
        assert.match(granted.body.token, /^ast_u_/);
        const { user } = (await here().call('GET', '/v1/status', { token: granted.body.token })).body;
        assert.deepEqual([user.id, user.role], [person.userId, 'member']);
        const { tokens } = (await here().call('GET', '/v1/tokens', person)).body;
        assert.equal(tokens[0].name, 'laptop');
        const says = 'There is no such device code. Start the login again.';
        assertRefused(await pollAgain(code.deviceCode), 400, 'invalid_request', says);
        assertRefused(await get(pathOf(code.userCode), cookie), 410, 'expired', noSuchCode);
      });

      test('takes its code in small letters and with a dash, and one decision', async () => {
        const { userCode, deviceCode } = await start();
        const typed = userCode.replace('-', '').toLowerCase();
        const cookie = await signIn();
        assert.equal((await decide(cookie, typed, 'approve')).status, 204);
        for (const decision of ['approve', 'deny'])
          assertRefused(await decide(cookie, userCode, decision), 410, 'expired', noSuchCode);
        assert.equal((await pollAgain(deviceCode)).status, 200);
      });

      test('is told that it was denied', async () => {
        const { userCode, deviceCode } = await start();
        assert.equal((await decide(await signIn(), userCode, 'deny')).status, 204);
        for (let times = 0; times < 2; times++)
          assertRefused(await pollAgain(deviceCode), 403, 'denied', 'The login was denied in the browser.');
      });

      test('does not get in with a code that nobody has, or that is too old', async () => {
        const { token } = await here().person('member');
        const cookie = await signIn(token);
        assertRefused(await get(pathOf('BBBB-BBBB'), cookie), 410, 'expired', noSuchCode);
        assertRefused(await decide(cookie, 'BBBB-BBBB', 'approve'), 410, 'expired', noSuchCode);
        const { userCode, deviceCode } = await start();
        mock.timers.tick(10 * minute + 1);
        const again = await signIn(token);
        assertRefused(await get(pathOf(userCode), again), 410, 'expired', noSuchCode);
        assertRefused(await decide(again, userCode, 'approve'), 410, 'expired', noSuchCode);
        const says = 'The code has expired. Start the login again.';
        assertRefused(await poll(deviceCode), 410, 'expired', says);
      });

      test('gets nothing once the browser that let it in is signed out, and nothing twice', async () => {
        const { userCode, deviceCode } = await start();
        const cookie = await signIn();
        assert.equal((await decide(cookie, userCode, 'approve')).status, 204);
        const signOut = { method: 'POST', body: {}, headers: { cookie, origin: here().publicUrl } };
        assert.equal((await here().call('POST', '/v1/auth/sign-out', signOut)).status, 204);
        const says = 'There is no such device code. Start the login again.';
        assertRefused(await pollAgain(deviceCode), 400, 'invalid_request', says);

        const other = await start();
        assert.equal((await decide(await signIn(), other.userCode, 'approve')).status, 204);
        const answers = await Promise.all([1, 2, 3, 4].map(() => poll(other.deviceCode)));
        assert.deepEqual(
          answers.map(({ status }) => status).toSorted((one, other) => one - other),
          [200, 400, 400, 400],
        );
      });

      test('is either let in or denied, whoever decides at the same time', async () => {
        for (let round = 0; round < 5; round++) {
          const { userCode, deviceCode } = await start();
          const cookie = await signIn((await here().person('member')).token);
          const [approved, denied] = await Promise.all([
            decide(cookie, userCode, 'approve'),
            decide(cookie, userCode, 'deny'),
          ]);
          assert.deepEqual(
            [approved.status, denied.status].toSorted((one, other) => one - other),
            [204, 410],
          );
          const polled = await pollAgain(deviceCode);
          assert.equal(polled.status, approved.status === 204 ? 200 : 403);
        }
      });

      test('gets nothing from one who is no member any more', async () => {
        const { userCode, deviceCode } = await start();
        const cookie = await join('gone@example.com');
        assert.equal((await decide(cookie, userCode, 'approve')).status, 204);
        await remove('gone@example.com');
        const says = 'There is no such device code. Start the login again.';
        assertRefused(await pollAgain(deviceCode), 400, 'invalid_request', says);
      });
    });
  });
}
