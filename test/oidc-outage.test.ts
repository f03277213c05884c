import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { describe, mock, test } from 'node:test';
import { assertPage, password } from './routes/browser.ts';
import { sessionsIn, signOnWith } from './routes/sign-on.ts';
import { newCookieClient } from './support/cookie-client.ts';
import { engines } from './support/databases.ts';

const discovery = '/.well-known/openid-configuration';

for (const engine of engines) {
  describe(`a provider that does not answer, on ${engine.name}`, { skip: engine.skip }, () => {
    const { peer, post, get, join, believed, callbackOf } = signOnWith(engine);
    const says =
      'Single sign-on does not work at present: its provider gives no usable answer. Sign in another way, or try again later. The gateway&#39;s log says more.';
    const begin = () => {
      mock.timers.tick(10_000);
      return post('/login/oidc', { next: '/' });
    };
    /** Holds what is asked until it is let go. */
    function holding(answer: RequestListener) {
      const asked = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      const hold: RequestListener = (request, response) => {
        asked.resolve();
        void released.promise.then(() => answer(request, response));
      };
      return { hold, asked: asked.promise, release: () => released.resolve() };
    }

    test('holds up nobody else who begins, nor what is not single sign-on', async () => {
      const { hold, asked, release } = holding((_request, response) => response.writeHead(503).end());
      peer().state.instead[discovery] = hold;
      const held = begin();
      await asked;
      await join('jo@example.com');
      assertPage(await get('/login'), 200, 'Sign in with Acme');
      mock.timers.tick(10_000);
      assert.equal((await post('/login', { email: 'jo@example.com', password })).status, 200);
      peer().reset();
      assertPage(await begin(), 200, 'To Acme');
      release();
      assertPage(await held, 503, says);
    });

    test('holds up nobody else who comes back', async () => {
      const [one, other] = [newCookieClient(), newCookieClient()];
      const [first, second] = [await believed(), await believed()];
      const [of, ofOther] = [await callbackOf(first, one), await callbackOf(second, other)];
      const { hold, asked, release } = holding(peer().honestly);
      peer().state.instead['/token'] = hold;
      const held = one.go(of.href);
      await asked;
      peer().state.instead = {};
      assert.equal(sessionsIn(await other.go(ofOther.href)).length, 1);
      release();
      assert.equal(sessionsIn(await held).length, 1);
    });
  });

  describe(`a provider that is not there yet, on ${engine.name}`, { skip: engine.skip }, () => {
    const { peer, post } = signOnWith(engine);

    test('is asked again by the next who begins', async () => {
      const begin = () => {
        mock.timers.tick(10_000);
        return post('/login/oidc', { next: '/' });
      };
      const says = 'Single sign-on does not work at present';
      peer().state.isDown = true;
      assertPage(await begin(), 503, says);
      peer().state.isDown = false;
      peer().state.discovery = (document) => ({ ...document, issuer: 'https://evil.example' });
      assertPage(await begin(), 503, says);
      peer().state.discovery = (document) => ({ ...document, authorization_endpoint: 'javascript:alert(1)' });
      assertPage(await begin(), 503, says);
      peer().reset();
      const before = peer().asked(discovery);
      assertPage(await begin(), 200, 'To Acme');
      assertPage(await begin(), 200, 'To Acme');
      assert.equal(peer().asked(discovery), before + 1);
    });
  });
}
