// What a token of a person may be used for, and that nothing comes of it which may be used for more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { asAdmin, type UserCaller } from '../src/gateway/callers.ts';
import { authenticate } from '../src/gateway/people/authenticate.ts';
import { newInvitation } from '../src/gateway/people/invitations.ts';
import { newLoginLink } from '../src/gateway/people/login-links.ts';
import { createSession } from '../src/gateway/people/sessions.ts';
import { createToken } from '../src/gateway/people/tokens.ts';
import { guardRoutes } from '../src/server/access.ts';
import type { ServerContext } from '../src/server/context.ts';
import { type Scope, scopes } from '../src/shared/user-tokens.ts';
import { onEachEngine } from './routes/on-each-engine.ts';
import { type Answer, assertRefused } from './support/gateway.ts';

const challenge = (answer: Answer) => answer.headers.get('www-authenticate');

onEachEngine('scopes of a token', (here) => {
  const make = (body: object, token = here().owner.token) =>
    here().gateway.call('POST', '/v1/tokens', { token, body: { name: 'made', ...body } });
  const tokenFor = async (wanted: readonly Scope[]): Promise<string> => {
    const made = await make({ scopes: wanted });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return made.body.value;
  };
  const callerOf = async (token: string) => {
    const caller = await authenticate(here().gateway.gateway, token);
    assert.ok(caller.kind === 'user');
    return caller satisfies UserCaller;
  };

  test('are all where nothing is said, those that are asked for in one order, and shown', async () => {
    const { gateway, owner } = here();
    assert.deepEqual((await make({})).body.token.scopes, scopes);
    const { token, value } = (await make({ scopes: ['approve', 'read'] })).body;
    assert.deepEqual(token.scopes, ['read', 'approve']);
    const { tokens } = (await gateway.call('GET', '/v1/tokens', owner)).body;
    assert.deepEqual(tokens[0], token);
    const { body } = await gateway.call('GET', '/v1/status', { token: value });
    assert.deepEqual(body.token.scopes, ['read', 'approve']);
  });

  test('do not widen the role of their person', async () => {
    const { gateway, member } = here();
    const { value } = (await make({ scopes: ['read', 'configure'] }, member.token)).body;
    const answer = await gateway.call('PUT', '/v1/action-modes', { token: value, body: { modes: {} } });
    assertRefused(answer, 403, 'forbidden', /^This takes the role owner or admin/);
  });

  test('bound those of a token that it makes: more is refused, nothing is cut', async () => {
    const narrow = await tokenFor(['read', 'configure']);
    assert.deepEqual((await make({}, narrow)).body.token.scopes, ['read', 'configure']);
    assert.deepEqual((await make({ scopes: ['read'] }, narrow)).body.token.scopes, ['read']);
    const before = (await here().gateway.call('GET', '/v1/tokens', here().owner)).body.tokens.length;
    const more = await make({ scopes: ['read', 'ask', 'approve'] }, narrow);
    const says =
      'A token gives nothing that it may not do itself: this takes ask and approve too, and yours has read and configure. Do it in a browser, or where you are logged in with `assent login`.';
    assertRefused(more, 403, 'insufficient_scope', says);
    assert.equal(challenge(more), 'Bearer error="insufficient_scope", scope="read ask approve"');
    assert.equal((await here().gateway.call('GET', '/v1/tokens', here().owner)).body.tokens.length, before);
  });

  test('are all needed for what lets a browser in', async () => {
    const { gateway, owner } = here();
    for (const lacking of scopes) {
      const token = await tokenFor(scopes.filter((scope) => scope !== lacking));
      const body = { email: `${lacking}@example.com`, role: 'member' };
      for (const answer of [
        await gateway.call('POST', '/v1/login-links', { token }),
        await gateway.call('POST', '/v1/members', { token, body }),
      ]) {
        assertRefused(answer, 403, 'insufficient_scope', /^(A token gives nothing|This takes a token)/);
      }
    }
    const whole = await tokenFor(scopes);
    assert.equal((await gateway.call('POST', '/v1/login-links', { token: whole })).status, 201);
    const body = { email: 'whole@example.com', role: 'member' };
    assert.equal((await gateway.call('POST', '/v1/members', { token: whole, body })).status, 201);
    const { invitations } = (await gateway.call('GET', '/v1/members', owner)).body;
    assert.deepEqual(
      invitations.map((one: { email: string }) => one.email),
      ['whole@example.com'],
    );
  });

  test('hold in the ledger too, whichever way somebody comes to it', async () => {
    const { gateway } = here().gateway;
    const refused = { code: 'insufficient_scope' };
    const reader = await callerOf(await tokenFor(['read', 'approve', 'configure']));
    await assert.rejects(createSession(gateway, reader, {}), refused);
    await assert.rejects(createToken(gateway, reader, 'more', { scopes: ['ask'] }), refused);
    await assert.rejects(newLoginLink(gateway, reader.userId, reader.credential?.id ?? null), refused);
    await assert.rejects(newInvitation(gateway, asAdmin(reader), 'x@example.com', 'member'), refused);
    const asker = await callerOf(await tokenFor(['ask']));
    assert.ok((await createSession(gateway, asker, {})).token);
  });

  test('that nobody knows here give nothing', async () => {
    const { gateway } = here();
    const { token, value } = (await make({})).body;
    for (const text of ['', 'all', 'READ', 'read,ask', 'readask']) {
      await gateway.gateway.store.write((tx) =>
        tx.updateTable('user_tokens').set({ scopes: text }).where('id', '=', token.id).execute(),
      );
      const answer = await gateway.call('GET', '/v1/status', { token: value });
      assertRefused(
        answer,
        403,
        'insufficient_scope',
        /^This takes a token with the scope read; yours has none\./,
      );
    }
  });
});

test('a route that takes people and names no scope stops the start', () => {
  const app = Fastify();
  // Nothing is asked of the context before a request comes.
  guardRoutes(app, {} as ServerContext);
  const add = (config: object) => app.get('/x', { config }, async () => 'x');
  assert.throws(() => add({}), { message: 'GET /x does not say who may use it' });
  for (const access of ['reader', 'user', 'admin'])
    assert.throws(() => add({ access }), { message: 'GET /x does not say which scope it takes' });
});
