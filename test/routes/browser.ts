import assert from 'node:assert/strict';
import { after, before, mock } from 'node:test';
import type { GatewayConfig } from '../../src/config/gateway.ts';
import type { SourceKind } from '../../src/gateway/gateway.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { TestEngine } from '../support/databases.ts';
import { type Answer, startGateway, type TestGateway } from '../support/gateway.ts';

/** What every page, and every other answer, lets a browser do. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join(';');

export const password = 'correct horse battery';

/**
 * A suite's gateway, and what people do at it with a browser. The time stands still, for the gateway and for better-auth,
 * and goes on by `mock.timers.tick`.
 */
export function browserOn(
  engine: TestEngine,
  sourceKinds: readonly SourceKind[] = [],
  config: () => Promise<Partial<GatewayConfig>> = async () => ({}),
) {
  let gateway: TestGateway | undefined;
  const ends: (() => unknown)[] = [];
  before(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const t = { after: (end: () => unknown) => ends.push(end) };
    // This process's clock, which the tests move, also where the database has one.
    gateway = await startGateway(t, { sourceKinds, clock: systemClock }, await config(), engine);
  });
  after(async () => {
    for (const end of ends.toReversed()) await end();
    mock.timers.reset();
  });
  const here = () => {
    if (gateway === undefined) throw new TypeError('the gateway is there once the tests run');
    return gateway;
  };

  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    here().call('POST', path, {
      raw: new URLSearchParams(form).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: here().publicUrl,
        ...headers,
      },
    });
  const get = (path: string, cookie?: string) =>
    here().call('GET', path, cookie === undefined ? {} : { headers: { cookie } });

  async function loginLink(token = here().ownerToken): Promise<string> {
    const { status, body } = await here().call('POST', '/v1/login-links', { token });
    assert.equal(status, 201);
    return secretOf(body.link, `${here().publicUrl}/login`);
  }
  const signIn = async (token = here().ownerToken) =>
    cookieOf(await post('/login', { token: await loginLink(token) }));
  const invite = async (email: string, role = 'member') => {
    const answer = await here().call('POST', '/v1/members', {
      token: here().ownerToken,
      body: { email, role },
    });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return secretOf(answer.body.link, `${here().publicUrl}/invite`);
  };
  const join = async (email: string) =>
    cookieOf(await post('/invite', { token: await invite(email), name: 'Somebody', password }));
  const remove = async (email: string) => {
    const owner = { token: here().ownerToken };
    const { members } = (await here().call('GET', '/v1/members', owner)).body;
    const { id } = members.find((one: { email: string }) => one.email === email);
    assert.equal((await here().call('DELETE', `/v1/members/${id}`, owner)).status, 204);
  };

  return { here, post, get, loginLink, signIn, invite, join, remove };
}

/** A page that says this, in its own words and markup. */
export function assertPage(answer: Answer, status: number, says: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.ok(answer.body.includes(says), answer.body);
}

export function cookieOf(answer: Answer): string {
  assertPage(answer, 200, 'You are signed in');
  const [cookie] = answer.headers.getSetCookie();
  assert.ok(cookie);
  return cookie.split(';')[0] ?? '';
}

/** Where the page leads that follows a sign-in. */
export function goesOnTo({ body }: Answer): string | undefined {
  return /id="next" href="([^"]*)"/.exec(body)?.[1];
}

export function locationOf({ status, headers }: Answer): [number, string | null] {
  return [status, headers.get('location')];
}

/** The secret of a one-time link to this page. */
export function secretOf(link: string, page: string): string {
  assert.ok(link.startsWith(`${page}?token=`), link);
  return new URL(link).searchParams.get('token') ?? '';
}
