// A sign-on serves once, also where its provider's codes serve again and again, and where gateways share a database.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { connectAccount } from '../src/gateway/people/provider-accounts.ts';
import { Secret } from '../src/lib/secret.ts';
import { startOidc } from './peers/oidc.ts';
import { sessionsIn, signOnWith } from './routes/sign-on.ts';
import { defer } from './support/cleanup-stack.ts';
import { newCookieClient } from './support/cookie-client.ts';
import { engines } from './support/databases.ts';
import { startGateway } from './support/gateway.ts';

const turnedAway = '/login?problem=stale';

for (const engine of engines) {
  describe(`a sign-on serves once on ${engine.name}`, { skip: engine.skip }, () => {
    const { here, peer, callbackOf, believed } = signOnWith(engine);

    test('of twenty callbacks at once, with codes that serve again', async () => {
      const sub = await believed();
      const client = newCookieClient();
      const callback = await callbackOf(sub, client);
      peer().state.instead['/token'] = peer().serveAgain;
      const cookie = client.cookies(here().publicUrl);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          here().call('GET', callback.pathname + callback.search, { headers: { cookie } }),
        ),
      );
      assert.deepEqual(outcomes(answers), { signedIn: 1, turnedAway: 19 });
    });

    test('also where the provider did not answer the first time', async () => {
      const sub = await believed();
      const client = newCookieClient();
      const callback = await callbackOf(sub, client);
      peer().state.isDown = true;
      const failed = await client.go(callback.href);
      assert.equal(failed.url.pathname, callback.pathname);
      peer().reset();
      const again = await client.go(callback.href);
      assert.deepEqual([again.next?.pathname, sessionsIn(again)], ['/login', []]);
    });
  });
}

const postgres = engines.find(({ name }) => name === 'postgres');

describe('a sign-on serves once at two gateways on one PostgreSQL', { skip: postgres?.skip }, () => {
  test('of twenty callbacks at once, with codes that serve again', async (t) => {
    const location = await postgres?.migrated(t);
    assert.ok(location?.engine === 'postgres');
    const peer = await startOidc();
    defer(t, () => peer.close());
    const { issuer, clientId, clientSecret } = peer;
    const publicUrl = 'http://assent.invalid';
    const config = {
      publicUrl,
      databaseUrl: new Secret(location.url),
      secretKey: new Secret(randomBytes(32).toString('base64')),
      oidc: { issuer, clientId, clientSecret: new Secret(clientSecret), name: 'Acme' },
    };
    const gateways = [await startGateway(t, {}, config), await startGateway(t, {}, config)] as const;
    const [first] = gateways;
    peer.serve(publicUrl);
    peer.state.signsIn = 'ann';
    await connectAccount(
      first.gateway,
      { userId: first.owner.userId, sessionId: null },
      { issuer, subject: 'ann' },
    );
    const begun = await first.call('POST', '/login/oidc', {
      raw: 'next=%2F',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl },
    });
    const [cookie = ''] = begun.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
    const browser = newCookieClient();
    const url = /content="0;url=([^"]*)"/.exec(begun.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const { next } = await browser.follow(await browser.go(url), (to) => to.origin === issuer);
    assert.equal(next?.origin, publicUrl);
    peer.state.instead['/token'] = peer.serveAgain;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        gateways[index % 2 === 0 ? 0 : 1].call('GET', next.pathname + next.search, { headers: { cookie } }),
      ),
    );
    assert.deepEqual(outcomes(answers), { signedIn: 1, turnedAway: 19 });
  });
});

function outcomes(answers: readonly { readonly headers: Headers }[]): {
  signedIn: number;
  turnedAway: number;
} {
  return {
    signedIn: answers.filter(({ headers }) => sessionsIn({ setCookies: headers.getSetCookie() }).length === 1)
      .length,
    turnedAway: answers.filter(({ headers }) => headers.get('location') === turnedAway).length,
  };
}
