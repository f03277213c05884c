import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Grant } from '../src/contract/ways-in.ts';
import { browserOn } from './routes/browser.ts';
import { engines } from './support/databases.ts';

for (const engine of engines) {
  describe(`what a right is said to have come from, on ${engine.name}`, { skip: engine.skip }, () => {
    const { here, join } = browserOn(engine);

    test('is what still holds and takes it along, through what has ended', async () => {
      const cookie = await join('signs-out@example.com');
      const send = (method: string, path: string, body: object) =>
        here().call(method, path, { headers: { cookie, origin: here().publicUrl }, body });
      const { value: token } = (await send('POST', '/v1/tokens', { name: 'made' })).body;
      const list = async () => {
        const { body } = await here().call('GET', '/v1/me/ways-in', { token });
        return new Map((body.grants as Grant[]).map((one) => [one.kind, one]));
      };
      const before = await list();
      assert.equal(before.get('user_token')?.cameFrom, before.get('browser_session')?.id);

      await send('POST', '/v1/auth/sign-out', {});
      const after = await list();
      assert.equal(after.has('browser_session'), false);
      const passwordId = after.get('password')?.id;
      assert.equal(after.get('user_token')?.cameFrom, passwordId);
      assert.equal(after.get('password')?.cameFrom, null);
    });
  });
}
