import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { newId } from '../../src/lib/ids.ts';
import { webRoot } from '../../src/main/web-root.ts';
import { engines } from '../support/databases.ts';
import { assertRefused } from '../support/gateway.ts';
import { assertPage, browserOn, contentSecurityPolicy, locationOf } from './browser.ts';
import { screens } from './hidden-routes.ts';

const id = newId();
const paths = screens.map((path) => path.replace(/\{\w+\}/, id));

for (const engine of engines) {
  describe(`what people see on ${engine.name}`, { skip: engine.skip }, () => {
    const { here, post, get, signIn, invite, join: joinAs, remove } = browserOn(engine);

    describe('the screens', () => {
      const document = () => readFileSync(join(webRoot(), 'index.html'), 'utf8');

      test('are one document, for every member who is signed in', async () => {
        for (const cookie of [await signIn(), await joinAs('member@example.com')]) {
          for (const path of paths) assertPage(await get(path, cookie), 200, document());
          assertPage(await get('/history?status=failed&text=%3Cscript%3E', cookie), 200, document());
        }
      });

      test('lead to the login and back, whoever is not signed in', async () => {
        const cookies = [undefined, 'assent.session_token=x', `assent.session_token=${'x'.repeat(43)}.y`];
        for (const cookie of cookies) {
          for (const path of paths) {
            const next = `/login?next=${encodeURIComponent(path)}`;
            assert.deepEqual(locationOf(await get(path, cookie)), [303, next]);
          }
        }
        const wanted = `/inbox/${id}?x=1&y=%2F%23`;
        assert.deepEqual(locationOf(await get(wanted)), [303, `/login?next=${encodeURIComponent(wanted)}`]);
        const login = await get(`/login?next=${encodeURIComponent(wanted)}`);
        assertPage(login, 200, `name="next" value="/inbox/${id}?x=1&amp;y=%2F%23"`);
      });

      test('show nothing to whoever is no member any more, and take no token', async () => {
        const cookie = await joinAs('leaving@example.com');
        assert.equal((await get('/v1/me', cookie)).status, 200);
        await remove('leaving@example.com');
        for (const path of paths)
          assert.deepEqual(locationOf(await get(path, cookie)), [
            303,
            `/login?next=${encodeURIComponent(path)}`,
          ]);
        assertRefused(await get('/v1/me', cookie), 401, 'unauthenticated', /^Send a token/);
        const byToken = await here().call('GET', '/inbox', { token: here().ownerToken });
        assert.deepEqual(locationOf(byToken), [303, '/login?next=%2Finbox']);
      });

      test('take nothing', async () => {
        const cookie = await signIn();
        for (const path of paths) {
          for (const method of ['POST', 'PUT', 'DELETE']) {
            const answer = await here().call(method, path, {
              headers: { cookie, origin: here().publicUrl },
            });
            const says = `There is nothing at ${method} ${path}. /openapi.json lists what there is.`;
            assertRefused(answer, 404, 'not_found', says);
          }
        }
      });

      test('are sealed off from other sites, and stay in no cache', async () => {
        const cookie = await signIn();
        const pages = await Promise.all([get('/inbox', cookie), get('/login'), get('/inbox')]);
        for (const { headers } of pages) {
          assert.equal(headers.get('content-security-policy'), contentSecurityPolicy);
          assert.equal(headers.get('x-frame-options'), 'DENY');
          assert.equal(headers.get('x-content-type-options'), 'nosniff');
          assert.equal(headers.get('referrer-policy'), 'same-origin');
          assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
          assert.equal(headers.get('access-control-allow-origin'), null);
        }
        for (const { headers } of pages.slice(0, 2)) assert.equal(headers.get('cache-control'), 'no-store');
      });
    });

    test('an address that leads nowhere is a page in a browser, and an error elsewhere', async () => {
      const headers = { accept: 'text/html,*/*;q=0.8' };
      assertPage(await here().call('GET', '/nowhere', { headers }), 404, 'There is no such page.');
      const message = /^There is nothing at (GET|POST) \/nowhere\. /;
      assertRefused(await get('/nowhere'), 404, 'not_found', message);
      assertRefused(await here().call('POST', '/nowhere', { headers }), 404, 'not_found', message);
    });

    test('no page holds markup that comes from an address or a form', async () => {
      const attribute = '"><script>alert(1)</script>';
      const login = await get(`/login?token=${encodeURIComponent(attribute)}&next=/%3Cscript%3E`);
      const token = await invite("o'brien@example.com");
      const joining = await get(`/invite?token=${token}`);
      assert.ok(joining.body.includes('o&#39;brien@example.com'), joining.body);
      const device = await get(`/device?user_code=${encodeURIComponent(attribute)}`);
      assert.deepEqual(locationOf(device)[0], 303);
      const refused = await post('/login', { email: attribute, password: attribute, next: attribute });
      for (const page of [login, joining, refused]) {
        assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
        assert.doesNotMatch(page.body, /<script>|<img/);
      }
    });
  });
}
