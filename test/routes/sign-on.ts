import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, mock } from 'node:test';
import type { GatewayConfig } from '../../src/config/gateway.ts';
import { Secret } from '../../src/lib/secret.ts';
import { type OidcPeer, startOidc } from '../peers/oidc.ts';
import { type CookieClient, newCookieClient, type Step } from '../support/cookie-client.ts';
import type { TestEngine } from '../support/databases.ts';
import { browserOn } from './browser.ts';

/** A suite's gateway with single sign-on, its provider, and what people do between the two with a browser. */
export function signOnWith(engine: TestEngine, config: Partial<GatewayConfig> = {}) {
  let started: OidcPeer | undefined;
  const browser = browserOn(engine, [], async () => {
    started = await startOidc();
    const { issuer, clientId, clientSecret } = started;
    return { oidc: { issuer, clientId, clientSecret: new Secret(clientSecret), name: 'Acme' }, ...config };
  });
  const { here, get, join } = browser;
  const peer = () => {
    if (started === undefined) throw new TypeError('the provider is there once the tests run');
    return started;
  };
  before(() => peer().serve(here().publicUrl));
  beforeEach(() => peer().reset());
  after(() => peer().close());

  const begin = (client: CookieClient, next = '/', origin = here().publicUrl) =>
    client.go(`${here().publicUrl}/login/oidc`, { method: 'POST', form: { next }, origin });
  const isCallback = ({ pathname }: URL) => pathname === '/v1/auth/callback/oidc';

  /** All the way: to the provider, back, and to the first page of ours that goes nowhere else. */
  async function arrive(
    sub: string | undefined,
    next = '/settings',
    client = newCookieClient(),
  ): Promise<Step> {
    peer().state.signsIn = sub;
    const begun = await begin(client, next);
    assert.equal(begun.status, 200, begun.body);
    return client.follow(begun, (url) => url.pathname !== next);
  }
  /** From where somebody begins to where the provider sends the browser back. */
  async function callbackFrom(begun: Step, sub: string, client: CookieClient): Promise<URL> {
    peer().state.signsIn = sub;
    const { next } = await client.follow(begun, (url) => !isCallback(url));
    assert.ok(next && isCallback(next));
    return next;
  }
  const callbackOf = async (sub: string, client: CookieClient) =>
    callbackFrom(await begin(client), sub, client);
  /** The provider's name for somebody whom its word lets in, if it is believed. */
  async function believed(): Promise<string> {
    const sub = randomUUID();
    const email = `${sub}@example.com`;
    await join(email);
    mock.timers.tick(10_000);
    peer().state.people[sub] = { email, email_verified: true };
    return sub;
  }
  /** A browser in which somebody is signed in, who has joined under this address. */
  async function member(client: CookieClient, email: string): Promise<string> {
    const cookie = await join(email);
    client.setCookies(here().publicUrl, [cookie]);
    return cookie;
  }
  const connect = (cookie: string, body: object = {}, headers: Record<string, string> = {}) =>
    here().call('POST', '/v1/me/oidc', { body, headers: { cookie, origin: here().publicUrl, ...headers } });
  /** Begins to connect with a browser, and has the provider sign somebody in: what the browser then shows. */
  async function connecting(client: CookieClient, sub: string, next = '/settings'): Promise<Step> {
    peer().state.signsIn = sub;
    const { status, body, headers } = await connect(client.cookies(here().publicUrl), { next });
    assert.equal(status, 200, JSON.stringify(body));
    client.setCookies(here().publicUrl, headers.getSetCookie());
    return client.follow(await client.go(body.url), ({ pathname }) => pathname !== next);
  }
  /** Presses the button of the page that asks. */
  const press = (client: CookieClient, origin = here().publicUrl) =>
    client.go(`${here().publicUrl}/login/oidc/connect`, { method: 'POST', form: {}, origin });

  const meOf = async (client: CookieClient) => (await get('/v1/me', client.cookies(here().publicUrl))).body;
  const isConnected = async (client: CookieClient) => (await meOf(client)).signIn.oidc.isConnected;
  const accounts = () =>
    here().gateway.store.db.selectFrom('auth_account').selectAll().where('providerId', '=', 'oidc').execute();
  return {
    ...browser,
    peer,
    begin,
    isCallback,
    arrive,
    callbackOf,
    callbackFrom,
    believed,
    member,
    connect,
    connecting,
    press,
    meOf,
    isConnected,
    accounts,
  };
}

/** The cookies that a step sets by which somebody is signed in. */
export function sessionsIn({ setCookies }: Pick<Step, 'setCookies'>): string[] {
  return setCookies.filter((one) => one.startsWith('assent.session_token='));
}

/** A refusal: nobody is signed in, and the login page says why. */
export function assertTurnedAway(step: Step, says: string): void {
  assert.equal(step.url.pathname, '/login', step.body);
  assert.equal(step.status, 200);
  assert.deepEqual(sessionsIn(step), []);
  assertSays(step, says);
}

export function assertSays({ body }: Step, says: string): void {
  assert.ok(body.replaceAll('&#39;', "'").includes(says), body);
}
