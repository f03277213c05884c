import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createToken } from '../../src/gateway/people/tokens.ts';
import { newId } from '../../src/lib/ids.ts';
import { type Scope, scopes } from '../../src/shared/user-tokens.ts';
import type { TestEngine } from '../support/databases.ts';
import { startGateway, type TestGateway, type TestSession } from '../support/gateway.ts';
import { scriptedSource } from '../support/scripted-source.ts';

/** One organization with one of everything, and another one whose owner has no business in it. */
export interface World {
  readonly gateway: TestGateway;
  readonly owner: string;
  readonly admin: string;
  readonly member: string;
  /** The owner of the other organization. */
  readonly stranger: string;
  /** The owner's token that has every scope but one. */
  readonly without: Readonly<Record<Scope, string>>;
  /** A token with one scope alone, of the owner of a third organization. */
  readonly only: Readonly<Record<Scope, string>>;
  /** Of a browser in which the owner is signed in. */
  readonly cookie: string;
  readonly session: TestSession;
  /** Of the same organization. */
  readonly otherSession: TestSession;
  /** Waits for approval in `session`. */
  readonly invocation: string;
  readonly automation: string;
  /** Switched off. */
  readonly connector: string;
  readonly secret: string;
  /** A Slack channel that is told. */
  readonly notification: string;
  /** The owner's, an id. */
  readonly token: string;
  /** The membership of `member`. */
  readonly membership: string;
  /** Tokens that once were good, and the sentence that each gets now. */
  readonly ended: Readonly<Record<string, { readonly token: string; readonly says: string }>>;
}

export async function world(t: Pick<TestContext, 'after'>, engine: TestEngine): Promise<World> {
  const time = { now: Date.now() };
  const gateway = await startGateway(
    t,
    { sourceKinds: [scriptedSource().kind], clock: () => time.now },
    {},
    engine,
  );
  const owner = gateway.ownerToken;
  const make = async (path: string, body: object) =>
    (await gateway.call('POST', path, { token: owner, body })).body;
  const short = { ttlSeconds: 60 };
  const expiredSession = await gateway.session(owner, short);
  const expiredToken = (await make('/v1/tokens', { name: 'short', ...short })).value;
  time.now += 60_000;

  const member = await gateway.person('member');
  const session = await gateway.session();
  const narrow = async (
    owner: { userId: string; organizationId: string },
    scopesFor: (one: Scope) => Scope[],
  ) => {
    const made = scopes.map(async (one) => {
      const { value } = await createToken(gateway.gateway, owner, one, { scopes: scopesFor(one) });
      return [one, value.reveal()];
    });
    // One entry for each scope.
    return Object.fromEntries(await Promise.all(made)) as Record<Scope, string>;
  };
  const secret = 'LINEAR_TOKEN';
  await gateway.call('PUT', '/v1/integrations/slack', { token: owner, body: { token: 'xoxb-12345678' } });
  await gateway.call('PUT', `/v1/secrets/${secret}`, { token: owner, body: { value: 'lin_api_12345678' } });
  return {
    gateway,
    owner,
    admin: (await gateway.person('admin')).token,
    member: member.token,
    stranger: (await gateway.person('owner', await gateway.organization())).token,
    without: await narrow(gateway.owner, (one) => scopes.filter((scope) => scope !== one)),
    only: await narrow(await gateway.person('owner', await gateway.organization()), (one) => [one]),
    cookie: await cookieOf(gateway),
    session,
    otherSession: await gateway.session(member.token),
    invocation: (await session.invoke('change')).body.invocation.id,
    automation: (await make('/v1/automations', { name: 'nightly' })).automation.id,
    connector: (await make('/v1/connectors', connectorBody)).connector.id,
    secret,
    notification: (await make('/v1/notifications', { kind: 'slack', target: 'C00000GENERAL' })).notification
      .id,
    token: (await make('/v1/tokens', { name: 'laptop' })).token.id,
    membership: await membershipOf(gateway, member.userId),
    ended: await endedTokens(gateway, expiredSession.token, expiredToken),
  };
}

export const connectorBody = {
  name: 'off',
  transport: { type: 'http', url: 'https://mcp.example.com/' },
  enabled: false,
};

/** The id under which an organization's members are managed. */
export async function membershipOf(gateway: TestGateway, userId: string): Promise<string> {
  const { body } = await gateway.call('GET', '/v1/members', { token: gateway.ownerToken });
  return body.members.find((one: { userId: string }) => one.userId === userId).id;
}

/** A browser in which the owner is signed in. */
export async function cookieOf(gateway: TestGateway): Promise<string> {
  const { body } = await gateway.call('POST', '/v1/login-links', { token: gateway.ownerToken });
  const form = new URLSearchParams({ token: new URL(body.link).searchParams.get('token') ?? '' });
  const headers = { origin: gateway.publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await gateway.call('POST', '/login', { raw: form.toString(), headers });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const signedIn = await gateway.call('GET', '/v1/me', { headers: { cookie } });
  assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
  return cookie;
}

async function endedTokens(
  gateway: TestGateway,
  expiredSession: string,
  expiredToken: string,
): Promise<World['ended']> {
  const owner = { token: gateway.ownerToken };
  const revokedSession = await gateway.session();
  await gateway.call('DELETE', `/v1/sessions/${revokedSession.id}`, owner);
  const revoked = (await gateway.call('POST', '/v1/tokens', { ...owner, body: { name: 'lost' } })).body;
  await gateway.call('DELETE', `/v1/tokens/${revoked.token.id}`, owner);
  const removed = await gateway.person('member');
  await gateway.call('DELETE', `/v1/members/${await membershipOf(gateway, removed.userId)}`, owner);
  const gone = await gateway.person('member');
  await gateway.gateway.store.write((tx) =>
    tx.deleteFrom('member').where('userId', '=', gone.userId).execute(),
  );
  const openNew = 'Open a new one with `assent sessions create`.';
  const logIn = 'Log in again with `assent login`.';
  return {
    'an expired session': { token: expiredSession, says: `This session has expired. ${openNew}` },
    'a revoked session': { token: revokedSession.token, says: `This session has been revoked. ${openNew}` },
    'an expired user token': { token: expiredToken, says: `This token has expired. ${logIn}` },
    'a revoked user token': { token: revoked.value, says: `This token has been revoked. ${logIn}` },
    'a removed member': { token: removed.token, says: `This token has been revoked. ${logIn}` },
    'one who is no member': {
      token: gone.token,
      says: 'You are not a member of this organization. Ask an owner to invite you.',
    },
  };
}

/** An id that nothing has. */
export const nothing: string = newId();
