import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Secret } from '../src/lib/secret.ts';
import { type OidcPeer, startOidc } from './peers/oidc.ts';
import { assertPage, browserOn, password } from './routes/browser.ts';
import { engines } from './support/databases.ts';

for (const engine of engines) {
  describe(`a provider that does not answer, on ${engine.name}`, { skip: engine.skip }, () => {
    let peer: OidcPeer;
    const { here, post, get, join } = browserOn(engine, [], async () => {
      peer = await startOidc();
      const { issuer, clientId, clientSecret } = peer;
      return { oidc: { issuer, clientId, clientSecret: new Secret(clientSecret), name: 'Acme' } };
    });
    before(() => peer.serve(here().publicUrl));
    after(() => peer.close());
    const says =
      'Single sign-on does not work at present: its provider gives no usable answer. Sign in another way, or try again later. The gateway&#39;s log says more.';

    test('holds up nothing else, and works once it answers', async () => {
      peer.state.isDown = true;
      await join('jo@example.com');
      assertPage(await get('/login'), 200, 'Sign in with Acme');
      assertPage(await post('/login/oidc', { next: '/' }), 503, says);
      assert.equal((await post('/login', { email: 'jo@example.com', password })).status, 303);
      peer.state.isDown = false;
      peer.state.discovery = (document) => ({ ...document, issuer: 'https://evil.example' });
      assertPage(await post('/login/oidc', { next: '/' }), 503, says);
      peer.state.discovery = ({ jwks_uri, ...document }) => (jwks_uri === undefined ? {} : document);
      assertPage(await post('/login/oidc', { next: '/' }), 503, says);
      peer.state.discovery = (document) => ({ ...document, authorization_endpoint: 'javascript:alert(1)' });
      assertPage(await post('/login/oidc', { next: '/' }), 503, says);
      peer.reset();
      assertPage(await post('/login/oidc', { next: '/' }), 200, 'To Acme');
    });
  });
}
