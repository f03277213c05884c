import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { webRoot } from '../../src/main/web-root.ts';
import { newServer } from '../../src/server/server.ts';
import { CleanupStack } from '../support/cleanup-stack.ts';
import { engines } from '../support/databases.ts';
import { type Answer, assertRefused } from '../support/gateway.ts';
import { agentRoutes } from './agent-routes.ts';
import { hiddenRoutes } from './hidden-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import type { Refusal, Route } from './route.ts';
import { settingsRoutes } from './settings-routes.ts';
import { nothing, type World, world } from './world.ts';

/** Those that OpenAPI lists, by method and path as it writes them. */
const listedRoutes = { ...agentRoutes, ...policyRoutes, ...settingsRoutes };
const routes = { ...listedRoutes, ...hiddenRoutes };

const noToken =
  'Send a token as "Authorization: Bearer …". `assent login` gets one for people, `assent sessions create` one for agents.';
const notBearer = 'The Authorization header must read "Bearer", a space, and a token.';
const noTokenOfOurs = 'This is no token of Assent. They begin with ast_s_ or ast_u_.';
const unknown = 'This token is unknown here. Check that it is complete, and that it belongs to this gateway.';
const takesUser = 'A session token cannot do this. It takes a user token, or a person who is signed in.';
const takesAdmin = 'This takes the role owner or admin; yours is member. Ask an owner of the organization.';
const takesSession =
  'Only a session can invoke actions. Open one with `assent sessions create` and use its token.';
const emptyBody = 'The body is empty. Send a JSON object, or no content-type.';
const typesNobodyTakes = ['text/plain', 'application/xml', 'multipart/form-data'];
/** The pages' forms send it; the API takes it from nobody. */
const formType = 'application/x-www-form-urlencoded';
const noBody = 'The body is not valid: Invalid input: expected object, received null.';

/**
 * What the server refuses before it asks the database anything is the same on both engines, and is tested on SQLite; each
 * route succeeds on both in a file of its own beside this one.
 */
for (const engine of engines) {
  const hasAll = engine.name === 'sqlite';
  describe(`every route on ${engine.name}`, { skip: engine.skip }, () => {
    let here: World;
    const cleanup = new CleanupStack();
    before(async () => {
      here = await world(cleanup, engine);
    });
    after(() => cleanup.close());

    interface Changes {
      readonly params?: Readonly<Record<string, string>>;
      readonly query?: string;
      readonly token?: string | undefined;
      readonly body?: unknown;
      readonly raw?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly method?: string;
    }

    const pathOf = (name: string, route: Route, params: Changes['params'] = {}) =>
      name
        .slice(name.indexOf(' ') + 1)
        .replace(/\{(\w+)\}/g, (_, key: string) =>
          encodeURIComponent(params[key] ?? route.at?.[key]?.(here) ?? ''),
        );

    /** The route's request that would be taken, but for the changes. */
    async function send(name: string, route: Route, changes: Changes = {}): Promise<Answer> {
      const { query, raw, headers, method = name.slice(0, name.indexOf(' ')) } = changes;
      const path = pathOf(name, route, changes.params);
      const token = 'token' in changes ? changes.token : rightToken(route);
      const body = 'body' in changes ? changes.body : route.body;
      return here.gateway.call(method, query === undefined ? path : `${path}?${query}`, {
        ...(token !== undefined && { token }),
        ...(raw !== undefined ? { raw } : body !== undefined && { body }),
        ...(headers && { headers }),
      });
    }

    const tokens: Record<Route['who'], () => string | undefined> = {
      public: () => undefined,
      session: () => here.session.token,
      reader: () => here.owner,
      user: () => here.owner,
      admin: () => here.owner,
    };
    const rightToken = (route: Route) => tokens[route.who]();

    test('the tables hold every route, and no other', async () => {
      const app = await newServer({
        gateway: here.gateway.gateway,
        auth: () => assert.fail('no request is made'),
        publicUrl: () => here.gateway.publicUrl,
        webRoot: webRoot(),
        trustedProxies: undefined,
      });
      await app.ready();
      const tree = app.printRoutes({ commonPrefix: false });
      await app.close();
      // The router keeps one name where two routes name the same parameter differently.
      const named = Object.keys(routes).map((name) => name.replace(/\{\w+\}/g, '{}'));
      assert.deepEqual(named.toSorted(), routesOf(tree).toSorted());
    });

    test('OpenAPI lists the routes of its table, and no other', async () => {
      const { status, body } = await here.gateway.call('GET', '/openapi.json');
      assert.equal(status, 200);
      assert.match(body.openapi, /^3\.1\./);
      const listed = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      );
      assert.deepEqual(listed.toSorted(), Object.keys(listedRoutes).toSorted());
    });

    test('OpenAPI says of each with what it can be called, and which scope a token of a person must have', async () => {
      const { body } = await here.gateway.call('GET', '/openapi.json');
      for (const [name, route] of Object.entries<Route>(listedRoutes)) {
        const [method = '', path = ''] = name.split(' ');
        const { security } = body.paths[path][method.toLowerCase()];
        assert.deepEqual(security, requirements(route), name);
        for (const way of security.flatMap(Object.keys)) assert.ok(way in body.components.securitySchemes);
      }
    });

    for (const [name, route] of Object.entries<Route>(routes)) {
      describe(name, () => {
        if (route.who !== 'public') {
          test('refuses who is nobody', async () => {
            const refused = async (says: string, changes: Changes) => {
              const answer = await send(name, route, changes);
              assertRefused(answer, 401, 'unauthenticated', says);
              assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
            };
            await refused(noToken, { token: undefined });
            for (const authorization of ['Bearer', 'Basic b3duZXI6', `Bearer ${here.owner} ${here.owner}`]) {
              await refused(notBearer, { token: undefined, headers: { authorization } });
            }
            for (const token of [
              'x',
              here.owner.slice(0, -1),
              `${here.owner}x`,
              here.owner.replace('_u_', '_x_'),
            ]) {
              await refused(noTokenOfOurs, { token });
            }
            await refused(unknown, { token: `ast_u_${'x'.repeat(43)}` });
            await refused(unknown, { token: `ast_s_${'x'.repeat(43)}` });
            // A token is stored as what it is: one kind does not pass as the other.
            await refused(unknown, { token: here.owner.replace('_u_', '_s_') });
            await refused(unknown, { token: here.session.token.replace('_s_', '_u_') });
            for (const { token, says } of Object.values(here.ended)) await refused(says, { token });
            if (name.startsWith('GET ')) {
              const { status } = await fetch(here.gateway.address + pathOf(name, route), { method: 'HEAD' });
              assert.equal(status, 401);
            }
          });
        }

        if (hasAll && route.who !== 'public' && !name.startsWith('GET ')) {
          test("refuses another site's page, also where its reader is signed in", async () => {
            const { cookie, gateway } = here;
            const says = `This must be sent by a page of this gateway, at ${gateway.publicUrl}.`;
            const elsewhere = ['https://evil.example', `${gateway.publicUrl}.evil.example`, 'null'];
            for (const headers of [{ cookie }, ...elsewhere.map((origin) => ({ cookie, origin }))]) {
              assertRefused(await send(name, route, { token: undefined, headers }), 403, 'forbidden', says);
            }
          });
        }

        if (route.who !== 'public') {
          test('refuses a window that shows somebody else than who is signed in', async () => {
            const { cookie, gateway } = here;
            const headers = { cookie, origin: gateway.publicUrl, 'x-assent-user': nothing };
            const says =
              'Somebody else has signed in with this browser meanwhile. Reload the page to go on as them.';
            assertRefused(await send(name, route, { token: undefined, headers }), 409, 'conflict', says);
          });
        }

        if (route.who === 'user' || route.who === 'admin') {
          test('refuses a session', async () => {
            for (const { token } of [here.session, here.otherSession]) {
              assertRefused(await send(name, route, { token }), 403, 'forbidden', takesUser);
            }
          });
        }
        if (route.who === 'admin') {
          test('refuses a member', async () => {
            assertRefused(await send(name, route, { token: here.member }), 403, 'forbidden', takesAdmin);
          });
        }
        if (route.who === 'session') {
          test('refuses people, whatever their role', async () => {
            for (const token of [here.owner, here.admin, here.member, here.stranger]) {
              assertRefused(await send(name, route, { token }), 403, 'forbidden', takesSession);
            }
          });
        }

        const { scope } = route;
        if (scope !== undefined && scope !== 'browser') {
          test(`refuses a person's token without the scope ${scope}, and says so`, async () => {
            const answer = await send(name, route, { token: here.without[scope] });
            const says = new RegExp(
              `^This takes a token with the scope ${scope}; yours has [a-z, ]+ and [a-z]+\\. Make one that has it`,
            );
            assertRefused(answer, 403, 'insufficient_scope', says);
            const challenge = `Bearer error="insufficient_scope", scope="${scope}"`;
            assert.equal(answer.headers.get('www-authenticate'), challenge);
          });
          test(`takes the scope ${scope} alone`, async () => {
            const { status, body } = await send(name, route, { token: here.only[scope] });
            assert.notEqual(status, 401);
            assert.equal(body?.error?.code === 'insufficient_scope', route.opensBrowser === true, body);
          });
        }
        if (scope === 'browser') {
          test('refuses a token of a person, whatever its scopes', async () => {
            const says =
              'This takes a person who is signed in with a browser; a token cannot do it. Open the settings in a browser.';
            assertRefused(await send(name, route), 403, 'forbidden', says);
          });
        }
        if (route.who !== 'public' && route.who !== 'session') {
          test('has a scope', () => assert.ok(scope));
        }

        for (const [key, what] of Object.entries(route.gone ?? {})) {
          test(`has no ${what} that is not there`, async () => {
            const isSecret = key === 'key';
            const params = { [key]: isSecret ? 'NOTHING' : nothing };
            assertRefused(await send(name, route, { params }), 404, 'not_found', `There is no such ${what}.`);
            if (isSecret) return;
            for (const text of ['abc', '0', `${nothing}0`, '../..']) {
              const answer = await send(name, route, { params: { [key]: text } });
              assertInvalid(answer, 'params', `/${key}`, 'Invalid UUID');
            }
          });
        }

        const [hidden] = Object.values(route.gone ?? {});
        if (hidden !== undefined) {
          test('shows strangers nothing', async () => {
            const token = route.who === 'session' ? here.otherSession.token : here.stranger;
            assertRefused(
              await send(name, route, { token }),
              404,
              'not_found',
              `There is no such ${hidden}.`,
            );
          });
        }
        if (route.who === 'reader' && hidden !== undefined) {
          test("refuses another session's token", async () => {
            const { token } = here.otherSession;
            assertRefused(await send(name, route, { token }), 404, 'not_found', 'There is no such session.');
          });
        }
        if (
          name.startsWith('GET ') &&
          (route.who === 'user' || route.who === 'admin') &&
          hidden === undefined &&
          !route.listsNothing
        ) {
          test('lists nothing to strangers', async () => {
            const { status, body } = await send(name, route, { token: here.stranger });
            assert.equal(status, 200);
            const text = JSON.stringify(body);
            for (const own of ownThings(here)) assert.ok(!text.includes(own), text);
          });
        }

        if (hasAll && route.body !== undefined) {
          test('refuses what is no JSON object', async () => {
            const refused = async (raw: string, says: string, type = 'application/json') => {
              const answer = await send(name, route, { raw, headers: { 'content-type': type } });
              assertRefused(answer, 400, 'invalid_request', says);
            };
            await refused('{"name":', 'The body is not valid JSON.');
            await refused('', emptyBody);
            for (const type of [...typesNobodyTakes, ...(name.includes('/v1/') ? [formType] : [])]) {
              await refused('{}', 'Send JSON, with content-type: application/json.', type);
            }
            const tooLarge = await send(name, route, { raw: `"${'x'.repeat(1024 * 1024)}"` });
            assertRefused(
              tooLarge,
              413,
              'payload_too_large',
              'The body is over 1 MiB, the most that is taken.',
            );
            if (route.mayBeEmpty) return;
            assertRefused(await send(name, route, { body: undefined }), 400, 'invalid_request', noBody);
          });
        }

        for (const { part, path, says, ...changes } of (hasAll && route.invalid) || []) {
          test(`refuses a ${part} with ${JSON.stringify(changes).slice(0, 80)}`, async () => {
            assertInvalid(await send(name, route, changes), part, path, says);
          });
        }

        for (const refusal of route.refuses ?? []) {
          test(`refuses ${refusal.what}`, async () => {
            assertSaid(await send(name, route, asSent(refusal, here.gateway.publicUrl)), refusal);
          });
        }

        if (hasAll) {
          test('is not there for another method', async () => {
            const [, path = ''] = name.split(' ');
            const method = ['PATCH', 'PUT', 'DELETE'].find((one) => !(`${one} ${path}` in routes));
            assert.ok(method);
            const answer = await send(name, route, { method });
            assertRefused(
              answer,
              404,
              'not_found',
              /^There is nothing at [A-Z]+ \/.*\. \/openapi\.json lists what there is\.$/,
            );
          });
        }
      });
    }

    test('what only refuses has changed nothing', async () => {
      const { gateway, owner } = here;
      const get = async (path: string) => (await gateway.call('GET', path, { token: owner })).body;
      const { invocations } = await get(`/v1/invocations?status=pending`);
      assert.deepEqual(
        invocations.map((one: { id: string }) => one.id),
        [here.invocation],
      );
      assert.deepEqual(await get('/v1/action-modes'), { modes: {} });
      assert.deepEqual(await get(`/v1/automations/${here.automation}/action-modes`), { modes: {} });
      const { connectors } = await get('/v1/connectors');
      assert.deepEqual(
        connectors.map((one: { id: string }) => one.id),
        [here.connector],
      );
      const { secrets } = await get('/v1/secrets');
      assert.deepEqual(
        secrets.map((one: { key: string }) => one.key),
        [here.secret],
      );
      assert.deepEqual((await get('/v1/members')).invitations, []);
    });
  });
}

/** As OpenAPI has them: any of these is enough. */
function requirements({ who, scope }: Route): object[] {
  if (who === 'public') return [];
  const token = scope === undefined || scope === 'browser' ? [] : [{ userToken: [scope] }];
  const people = who === 'session' ? [] : [...token, { browser: [] }];
  return [...people, ...(who === 'session' || who === 'reader' ? [{ sessionToken: [] }] : [])];
}

const named: Readonly<Record<string, string>> = {
  params: 'path is',
  querystring: 'query is',
  headers: 'headers are',
  body: 'body is',
};

function assertInvalid(answer: Answer, part: string, path: string, says: string): void {
  assertRefused(
    answer,
    400,
    'invalid_request',
    `The ${named[part]} not valid${path === '' ? '' : ` at ${path}`}: ${says}.`,
  );
  assert.deepEqual(answer.body.error.issues[0], { path, message: says });
}

/** A page's text, where it leads, or better-auth's own JSON. */
function assertSaid(answer: Answer, { status, code, says }: Refusal): void {
  if (code !== undefined) return assertRefused(answer, status, code, says);
  const { body, headers } = answer;
  assert.equal(answer.status, status, JSON.stringify(body));
  if (status === 303) return assert.equal(headers.get('location'), says);
  const text = typeof body === 'string' ? unescaped(body) : JSON.stringify(body);
  assert.ok(text.includes(says), text);
}

function unescaped(page: string): string {
  return page.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

function asSent({ params, query, body, form, headers }: Refusal, origin: string) {
  const formHeaders = { 'content-type': 'application/x-www-form-urlencoded', ...(headers ?? { origin }) };
  return {
    ...(params && { params }),
    ...(query !== undefined && { query }),
    ...(body !== undefined && { body }),
    ...(form !== undefined && { raw: new URLSearchParams(form).toString() }),
    headers: form === undefined ? (headers ?? { origin }) : formHeaders,
  };
}

function ownThings(here: World): string[] {
  const { session, otherSession, invocation, automation, connector, secret, token, membership } = here;
  return [session.id, otherSession.id, invocation, automation, connector, secret, token, membership];
}

/** `GET /v1/sessions/{}` and so on, from the tree that the router prints. */
function routesOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)$/.exec(line);
    if (found === null) return [];
    const [, indent = '', segment = '', methods = ''] = found;
    const depth = indent.length / 4;
    above.splice(depth, above.length, segment);
    const path = above.join('').replace(/:[^/]+/g, '{}');
    return methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : [`${method} ${path}`]));
  });
}
