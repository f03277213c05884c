import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Secret } from '../../src/lib/secret.ts';
import { newBetterAuth } from '../../src/server/auth/better-auth.ts';
import { engines } from '../support/databases.ts';
import { assertRefused } from '../support/gateway.ts';
import { browserOn } from './browser.ts';

for (const engine of engines) {
  describe(`closed doors on ${engine.name}`, { skip: engine.skip }, () => {
    const { here, get, signIn } = browserOn(engine);

    describe("better-auth's own endpoints", () => {
      const open = [
        '/sign-out',
        '/passkey/generate-register-options',
        '/passkey/verify-registration',
        '/passkey/generate-authenticate-options',
        '/passkey/verify-authentication',
        '/passkey/delete-passkey',
      ];

      test('are not there, but for six', async () => {
        const cookie = await signIn();
        const secret = new Secret('x'.repeat(32));
        const { api } = await newBetterAuth({
          gateway: here().gateway,
          publicUrl: here().publicUrl,
          secret,
        });
        const all = Object.values<{ path?: string }>(api).flatMap(({ path }) =>
          path === undefined ? [] : [path],
        );
        for (const known of ['/sign-up/email', '/get-session', '/update-user', '/callback/:id', ...open]) {
          assert.ok(all.includes(known), known);
        }
        const closed = all.filter((path) => !open.includes(path));
        const ofOtherPlugins = ['/organization/create', '/organization/list', '/admin/list-users'];
        assert.ok(closed.length > 30);
        for (const path of [...closed, ...ofOtherPlugins]) {
          const url = `/v1/auth${path.replace(/:\w+/g, 'x')}`;
          for (const method of ['GET', 'POST']) {
            const headers = { cookie, origin: here().publicUrl };
            const answer = await here().call(method, url, {
              headers,
              ...(method === 'POST' && { body: {} }),
            });
            assertRefused(
              answer,
              404,
              'not_found',
              `There is nothing at ${method} ${url}. /openapi.json lists what there is.`,
            );
          }
        }
      });

      test('begin a passkey for whoever is signed in with a cookie', async () => {
        const path = '/v1/auth/passkey/generate-register-options';
        const cookie = await signIn();
        const { status, body } = await get(path, cookie);
        assert.equal(status, 200);
        assert.deepEqual(body.rp, { name: 'Assent', id: '127.0.0.1' });
        assert.equal(body.user.name, 'owner@assent.local');
        assert.match(body.challenge, /^[\w-]{40,}$/);
        assert.equal((await here().call('GET', path, { token: here().ownerToken })).status, 403);
        assert.equal((await get(path)).status, 401);
      });
    });
  });
}
