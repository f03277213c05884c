// Confirming by the provider that who sits at a browser is its user: `SingleSignOn` alone, on a gateway's database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, mock, test } from 'node:test';
import {
  type BrowserSession,
  enterBrowserSession,
  findBrowserSession,
} from '../src/gateway/people/browser-sessions.ts';
import { connectAccount } from '../src/gateway/people/provider-accounts.ts';
import { newId } from '../src/lib/ids.ts';
import { Secret } from '../src/lib/secret.ts';
import type { Arrival } from '../src/server/auth/arrivals.ts';
import { type Departure, type SingleSignOn, singleSignOn } from '../src/server/auth/single-sign-on.ts';
import { type OidcPeer, startOidc } from './peers/oidc.ts';
import { CleanupStack } from './support/cleanup-stack.ts';
import { newCookieClient } from './support/cookie-client.ts';
import { engines } from './support/databases.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';

const publicUrl = 'http://assent.invalid';
const seconds = () => Math.floor(Date.now() / 1000);

for (const engine of engines) {
  describe(`confirming by single sign-on on ${engine.name}`, { skip: engine.skip }, () => {
    const cleanup = new CleanupStack();
    let peer: OidcPeer;
    let here: TestGateway;
    let signOn: SingleSignOn;
    let present: BrowserSession | undefined;
    before(async () => {
      peer = await startOidc();
      cleanup.after(() => peer.close());
      peer.serve(publicUrl);
      here = await startGateway(cleanup, { clock: () => Date.now() }, {}, engine);
      const { issuer, clientId, clientSecret } = peer;
      signOn = singleSignOn({
        gateway: here.gateway,
        publicUrl,
        provider: { issuer, clientId, clientSecret: new Secret(clientSecret), name: 'Acme' },
        session: async () => present,
        signIn: async (who) => {
          const arriving = { ...who, address: '127.0.0.1', userAgent: 'test' };
          const secret = await enterBrowserSession(here.gateway, newId(), arriving);
          return { userId: who.userId, cookies: [`user=${who.userId} ${who.isProven}`], secret };
        },
      });
    });
    beforeEach(() => {
      peer.reset();
      mock.timers.reset();
    });
    after(async () => {
      mock.timers.reset();
      await cleanup.close();
    });

    /** Somebody who is signed in, long ago, and connected with the provider. */
    async function user(): Promise<{ userId: string; subject: string }> {
      const { userId } = await here.person('member');
      const subject = newId();
      await connectAccount(here.gateway, { userId, sessionId: null }, { issuer: peer.issuer, subject });
      present = await session(userId);
      return { userId, subject };
    }
    async function session(userId: string, isProven = false): Promise<BrowserSession | undefined> {
      const id = newId();
      const who = { userId, cameBy: null, method: 'link', isProven, address: '::1', userAgent: '' } as const;
      await enterBrowserSession(here.gateway, id, who);
      return findBrowserSession(here.gateway, id);
    }
    /** Somebody signs in at the provider, and their browser comes back. */
    async function comeBack(sub: string, { url, cookies }: Departure): Promise<Arrival> {
      peer.state.signsIn = sub;
      const browser = newCookieClient();
      const { next } = await browser.follow(await browser.go(url), (to) => to.origin !== publicUrl);
      assert.ok(next);
      const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
      return signOn.finish(new Request(next, { headers: { cookie } }));
    }
    const outcome = (arrival: Arrival) =>
      arrival.kind === 'refused' ? [arrival.purpose, arrival.problem, arrival.code] : arrival.kind;

    test('says whose browser it is, once the provider has asked them anew', async () => {
      const { userId, subject } = await user();
      const departure = await signOn.confirm('/settings', new Headers());
      const asked = new URL(departure.url).searchParams;
      assert.deepEqual([asked.get('prompt'), asked.get('max_age')], ['login', '0']);
      const arrival = await comeBack(subject, departure);
      assert.ok(arrival.kind === 'signed_in');
      assert.equal(arrival.next, '/settings');
      assert.deepEqual(arrival.cookies, ['assent.state=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
      // This browser begins anew, as proven; the session that asked is over.
      assert.deepEqual(arrival.signedIn.cookies, [`user=${userId} true`]);
      assert.equal(await findBrowserSession(here.gateway, present?.id ?? ''), undefined);
    });

    test('confirms nobody with another account, be it somebody’s or nobody’s', async () => {
      const other = await user();
      await user();
      for (const sub of [other.subject, newId()])
        assert.deepEqual(outcome(await comeBack(sub, await signOn.confirm('/', new Headers()))), [
          'confirm',
          'another',
          'another',
        ]);
    });

    test('confirms nobody whom the provider asked before, or does not say that it has asked', async () => {
      const { subject } = await user();
      for (const [auth_time, code] of [
        [seconds() - 60, 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
        [undefined, 'OAUTH_INVALID_RESPONSE'],
      ] as const) {
        peer.state.idToken = (claims) => ({ ...claims, auth_time });
        const arrival = await comeBack(subject, await signOn.confirm('/', new Headers()));
        assert.deepEqual(outcome(arrival), ['confirm', 'failed', code]);
      }
    });

    test('goes by when it was begun, however long the person takes', async () => {
      mock.timers.enable({ apis: ['Date'], now: Date.now() });
      const { userId, subject } = await user();
      for (const [agoSeconds, kind] of [
        [0, 'signed_in'],
        [249, 'signed_in'],
        [251, 'refused'],
      ] as const) {
        present = await session(userId);
        const departure = await signOn.confirm('/', new Headers());
        mock.timers.tick(240_000);
        peer.state.idToken = (claims) => ({ ...claims, auth_time: seconds() - agoSeconds });
        assert.equal((await comeBack(subject, departure)).kind, kind, `${agoSeconds} s ago`);
      }
    });

    test('is for who is signed in and connected', async () => {
      const { userId } = await here.person('member');
      present = await session(userId, true);
      await assert.rejects(signOn.confirm('/', new Headers()), {
        code: 'not_found',
        message: 'Your account is not connected with single sign-on.',
      });
      present = undefined;
      await assert.rejects(signOn.confirm('/', new Headers()), { code: 'unauthenticated' });
    });

    test('signs in and connects too, where the provider is to ask anew', async () => {
      const { userId, subject } = await user();
      const begin = () => signOn.begin('/', new Headers(), { asksAgain: true });
      const signedIn = await comeBack(subject, await begin());
      assert.ok(signedIn.kind === 'signed_in');
      assert.deepEqual(signedIn.signedIn.cookies, [`user=${userId} true`]);
      peer.state.idToken = ({ auth_time, ...claims }) => (auth_time === undefined ? {} : claims);
      assert.equal(outcome(await comeBack(subject, await begin()))[1], 'failed');
      const { userId: newcomer } = await here.person('member');
      present = await session(newcomer, true);
      const connect = () => signOn.connect('/', new Headers(), { asksAgain: true });
      assert.deepEqual(outcome(await comeBack(newId(), await connect()))[0], 'connect');
      peer.reset();
      assert.equal(outcome(await comeBack(newId(), await connect())), 'asked');
    });
  });
}
