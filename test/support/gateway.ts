import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { GatewayConfig } from '../../src/config/gateway.ts';
import type { ErrorCode } from '../../src/contract/errors.ts';
import type { Role } from '../../src/contract/members.ts';
import { createToken } from '../../src/gateway/people/tokens.ts';
import { newId } from '../../src/lib/ids.ts';
import { Secret } from '../../src/lib/secret.ts';
import type { Replacements } from '../../src/main/build-gateway.ts';
import { type RunningGateway, start } from '../../src/main/start.ts';
import { insertMember } from '../../src/store/members.ts';
import { insertOrganization } from '../../src/store/organizations.ts';
import { insertUser } from '../../src/store/users.ts';
import { defer } from './cleanup-stack.ts';
import { engines, type TestEngine } from './databases.ts';
import { noteSecret, secretOf } from './page-secrets.ts';
import { scratchFolder } from './scratch.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // A test says itself what it expects to find.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface TestGateway extends RunningGateway {
  /** Sends one request; `token` goes into the Authorization header, `body` as JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  readonly ownerToken: string;
  /** Somebody new: in the default organization, or in one of their own. */
  person(
    role: Role,
    organizationId?: string,
  ): Promise<{ token: string; userId: string; organizationId: string }>;
  organization(): Promise<string>;
  session(token?: string, body?: object): Promise<TestSession>;
}

interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Record<string, string>;
}

export interface TestSession {
  readonly id: string;
  readonly token: string;
  invoke(actionId: string, params?: object, headers?: Record<string, string>): Promise<Answer>;
}

const [sqlite] = engines;

/** A gateway of one test's own, on a free port and a fresh database, stopped afterwards. */
export async function startGateway(
  t: Pick<TestContext, 'after'>,
  replacements: Replacements = {},
  config: Partial<GatewayConfig> = {},
  engine: TestEngine | undefined = sqlite,
): Promise<TestGateway> {
  assert.ok(engine);
  const folder = scratchFolder(t);
  const location = engine.name === 'postgres' ? await engine.migrated(t) : undefined;
  const running = await start(
    {
      host: '127.0.0.1',
      port: 0,
      publicUrl: undefined,
      trustedProxies: undefined,
      home: folder,
      dataDir: folder,
      databaseUrl: location?.engine === 'postgres' ? new Secret(location.url) : undefined,
      secretKey: undefined,
      oidc: undefined,
      allowStdioConnectors: true,
      allowPrivateAddresses: true,
      logLevel: 'silent',
      limits: {},
      ...config,
    },
    replacements,
  );
  defer(t, () => running.stop());
  return testGateway(running);
}

async function testGateway(running: RunningGateway): Promise<TestGateway> {
  const { gateway, owner } = running;
  const tokenOf = async (userId: string, organizationId: string) =>
    (await createToken(gateway, { userId, organizationId }, 'test', { ttlSeconds: null })).value.reveal();
  const ownerToken = await tokenOf(owner.userId, owner.organizationId);
  const call: TestGateway['call'] = (method, path, options) => send(running.address, method, path, options);
  return {
    ...running,
    call,
    ownerToken,
    async organization() {
      const id = newId();
      await gateway.store.write((tx) => insertOrganization(tx, { id, name: id, slug: id }, Date.now()));
      return id;
    },
    async person(role, organizationId = owner.organizationId) {
      const userId = newId();
      await gateway.store.write(async (tx) => {
        const email = `${randomBytes(6).toString('hex')}@example.com`;
        await insertUser(tx, { id: userId, name: role, email }, Date.now());
        await insertMember(tx, { id: newId(), organizationId, userId, role }, Date.now());
      });
      return { userId, organizationId, token: await tokenOf(userId, organizationId) };
    },
    async session(token = ownerToken, body = {}) {
      const created = await call('POST', '/v1/sessions', { token, body });
      assert.equal(created.status, 201, JSON.stringify(created.body));
      const { session, token: sessionToken } = created.body;
      return {
        id: session.id,
        token: sessionToken,
        invoke: (actionId, params = {}, headers = {}) =>
          call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
            token: sessionToken,
            body: { sourceId: 'test', actionId, params },
            headers,
          }),
      };
    },
  };
}

async function send(
  address: string,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const { token, body, raw, headers = {} } = options;
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const secret = secretOf(headers.cookie ?? '');
  const response = await fetch(address + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(secret !== undefined && { 'x-assent-page': secret }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(content !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(content !== undefined && { body: content }),
  });
  const text = await response.text();
  noteSecret(response.headers.getSetCookie(), text);
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** A refusal is tested by its status, its code and its words together. */
export function assertRefused(
  answer: Answer,
  status: number,
  code: ErrorCode,
  message: string | RegExp,
): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.error.code, code);
  if (typeof message === 'string') assert.equal(answer.body.error.message, message);
  else assert.match(answer.body.error.message, message);
}
