import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { GatewayConfig } from '../../src/config/gateway.ts';
import type { Replacements } from '../../src/main/build-gateway.ts';
import { launchChromium } from './chromium.ts';
import type { Cleanup } from './cleanup-stack.ts';
import { startFilesPeer } from './files-peer.ts';
import { type Answer, startGateway, type TestGateway, type TestSession } from './gateway.ts';
import { scratchFolder } from './scratch.ts';

/** The last resort where nothing comes at all: files run beside each other on few cores. */
const patienceMs = 60_000;

/** A phone's. Behaviour is tested in one width; in how many it can be looked at, `screens.test.ts` says. */
export const narrow = { width: 390, height: 800 } as const;

/** An organization with an MCP server behind it, an agent that asks, and people with browsers. */
export interface PageGateway extends TestGateway {
  /** What is to end before the gateway does. */
  readonly end: Cleanup;
  /** The owner's address. */
  readonly email: string;
  /** A folder of this test's own, which the connector `files` serves. */
  readonly files: string;
  readonly filesId: string;
  readonly agent: TestSession;
  /** What an agent asks of the connector `files`; gives the answer. */
  readonly ask: (actionId: string, params: object, agent?: TestSession) => Promise<Answer>;
  /** A write that waits; gives its invocation's id. */
  readonly askToWrite: (name: string, content?: string, agent?: TestSession) => Promise<string>;
  readonly admin: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** As the function `signedIn`. */
  readonly signedIn: (options?: SignedInOptions) => Promise<Page>;
}

/** What the tests of a file share. `after` ends something before the gateway and the browser end. */
export interface PageSuite extends Cleanup {
  readonly browser: Browser;
  /** An organization of one test's own on the file's gateway: nobody else sees it, or is seen there. */
  organization(t: Cleanup): Promise<PageGateway>;
  /** A gateway of one test's own, for a test that changes its clock or its configuration, or stops it. */
  gateway(t: Cleanup, replacements?: Replacements, config?: Partial<GatewayConfig>): Promise<PageGateway>;
}

/** One for all files that share this process: whoever uses it has a window of their own in it. */
let chromium: Promise<Browser> | undefined;
after(async () => (await chromium)?.close());

/** One gateway and one browser for the tests of a `describe`, inside of which this is called. */
export function pageSuite(): PageSuite {
  const stack = new AsyncDisposableStack();
  const suite = endOf(stack);
  let browser: Browser;
  let shared: Promise<TestGateway> | undefined;
  before(async () => {
    browser = await (chromium ??= launchChromium());
  });
  after(() => stack.disposeAsync());
  return {
    ...suite,
    get browser() {
      return browser;
    },
    async organization(t) {
      // Not before a test asks for it: some files have gateways of their own alone.
      shared ??= startGateway(suite);
      return furnished(endsWith(t), browser, await organizationOn(await shared));
    },
    gateway: (t, replacements, config) => startPageGateway(t, browser, replacements, config),
  };
}

/** The same outside of a file of tests. */
export async function startPageGateway(
  t: Cleanup,
  browser: Browser,
  replacements: Replacements = {},
  config: Partial<GatewayConfig> = {},
): Promise<PageGateway> {
  const end = endsWith(t);
  return furnished(end, browser, await startGateway(end, replacements, config));
}

/** CleanupStack with the test what was begun in it, the last first: nothing outlives what it stands on. */
export function endsWith(t: Cleanup): Cleanup {
  const stack = new AsyncDisposableStack();
  t.after(() => stack.disposeAsync());
  return endOf(stack);
}

function endOf(stack: AsyncDisposableStack): Cleanup {
  return {
    after: (end) => {
      // Hooks here take no argument.
      if (end !== undefined) stack.defer(end as () => Promise<void>);
    },
  };
}

/** The gateway as the owner of a new organization knows it. */
async function organizationOn(shared: TestGateway): Promise<TestGateway> {
  const organizationId = await shared.organization();
  const { userId, token } = await shared.person('owner', organizationId);
  await shared.gateway.store.write((tx) =>
    tx.updateTable('auth_user').set({ name: 'Owner' }).where('id', '=', userId).execute(),
  );
  return {
    ...shared,
    owner: { organizationId, userId, isNew: true },
    ownerToken: token,
    person: (role, id = organizationId) => shared.person(role, id),
    session: (of = token, body = {}) => shared.session(of, body),
  };
}

async function furnished(end: Cleanup, browser: Browser, gateway: TestGateway): Promise<PageGateway> {
  const files = join(scratchFolder(end), 'files');
  mkdirSync(files);
  writeFileSync(join(files, 'notes.txt'), 'The deploy key is rotated every Monday.\n');
  const peer = await startFilesPeer(files);
  end.after(() => peer.close());
  const admin: PageGateway['admin'] = async (method, path, body) => {
    const answer = await gateway.call(method, path, {
      token: gateway.ownerToken,
      ...(body !== undefined && { body }),
    });
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer;
  };
  const { email } = (await admin('GET', '/v1/me')).body.user;
  const transport = { type: 'http', url: peer.url };
  const { body } = await admin('POST', '/v1/connectors', { name: 'files', transport });
  const filesId: string = body.connector.id;
  await admin('PUT', `/v1/connectors/${filesId}/tools/write_file`, { riskLevel: 'write' });
  const agent = await gateway.session(gateway.ownerToken, { name: 'nightly' });
  const ask: PageGateway['ask'] = (actionId, params, asking = agent) =>
    gateway.call('POST', `/v1/sessions/${asking.id}/actions/invoke`, {
      token: asking.token,
      body: { sourceId: `connector:${filesId}`, actionId, params },
    });
  const askToWrite: PageGateway['askToWrite'] = async (
    name,
    content = 'Written by an agent.\n',
    asking = agent,
  ) => {
    const answer = await ask('write_file', { path: join(files, name), content }, asking);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return answer.body.invocation.id;
  };
  const signed: PageGateway['signedIn'] = (options) => signedIn(end, browser, gateway, options);
  return { ...gateway, end, email, files, filesId, agent, ask, askToWrite, admin, signedIn: signed };
}

interface SignedInOptions extends BrowserContextOptions {
  /** Whose window it is: the owner's, if nobody else's. */
  readonly token?: string;
  readonly path?: string;
  /** What the browser may call an error, beside refusals. */
  readonly mayComplain?: RegExp;
}

/**
 * A browser window of one person's, at a path, signed in by a one-time link: what its form sends is sent, and the page is
 * loaded once, where it is wanted. Whatever the page's console calls an error fails the test. `t` ends before the gateway does.
 */
export async function signedIn(
  t: Cleanup,
  browser: Browser,
  gateway: TestGateway,
  options: SignedInOptions = {},
): Promise<Page> {
  const { token = gateway.ownerToken, path = '/inbox', mayComplain, ...contextOptions } = options;
  const storageState = await stateOfSignedIn(gateway, token);
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, storageState, ...contextOptions });
  context.setDefaultTimeout(patienceMs);
  const troubles: string[] = [];
  t.after(async () => {
    await context.close();
    assert.deepEqual(troubles, []);
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // The browser calls it an error where the gateway refuses something, and where a page is left before it is connected.
    const isRefusal = /^Failed to load resource|^WebSocket connection to /.test(message.text());
    const isExpected = mayComplain?.test(message.text()) === true;
    if (message.type() === 'error' && !isRefusal && !isExpected) troubles.push(message.text());
  });
  await page.goto(gateway.publicUrl + path);
  // A document that is loaded may still be led elsewhere by its router, across what a test does next.
  await page.getByRole('main').waitFor();
  return page;
}

/** What a browser has once somebody has signed in by a link: the session's cookie, and its second secret. */
async function stateOfSignedIn(gateway: TestGateway, token: string): Promise<StorageState> {
  const made = await gateway.call('POST', '/v1/login-links', { token });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const secret = new URL(made.body.link).searchParams.get('token') ?? assert.fail(made.body.link);
  const origin = gateway.publicUrl;
  const { status, headers, body } = await gateway.call('POST', '/login', {
    raw: new URLSearchParams({ token: secret }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
  });
  assert.equal(status, 200, JSON.stringify(body));
  const cookies = headers.getSetCookie().map((line) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const domain = new URL(origin).hostname;
    return { name, value, domain, path: '/', ...hardened };
  });
  const kept = { name: pageSecretKey, value: /data-secret="([^"]+)"/.exec(body)?.[1] ?? assert.fail(body) };
  return { cookies, origins: [{ origin, localStorage: [kept] }] };
}

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>;

/** As the gateway sets its cookies over plain HTTP. */
const hardened = { expires: -1, httpOnly: true, secure: false, sameSite: 'Strict' } as const;

/** Where the page keeps the second secret of its session. */
export const pageSecretKey = 'assent.page-secret';

/** A header of whatever a test asks from within the page: the session's second secret, as the page sends it. */
export const pageSecretHeader = `'x-assent-page': localStorage.getItem('${pageSecretKey}')`;

/** The address of who is signed in, as the page finds it out; the status of the answer, where nobody is. */
export function whoIsIn(page: Page): Promise<unknown> {
  return page.evaluate(
    `fetch('/v1/me', { headers: { ${pageSecretHeader} } }).then(async (it) => it.ok ? (await it.json()).user.email : it.status)`,
  );
}

/**
 * Does something, and waits for what the page announces of it. That stays for six seconds, and a machine may stand still for as long
 * between a press and a look: the wait begins first.
 */
export async function announced(page: Page, text: string, press: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.getByRole('status').getByText(text).waitFor(), press()]);
}

/** A window of nobody's who is known here, with nothing kept in it. */
export async function strangersPage(
  t: Cleanup,
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patienceMs);
  t.after(() => context.close());
  return context.newPage();
}

/** Settles at the login page: by what the person does next, or by what the page has read again by itself before that. */
export async function isSentToSignIn(page: Page, where: RegExp, next: () => Promise<void>): Promise<void> {
  const sent = page.waitForURL(where);
  await Promise.race([sent, next().catch(() => undefined)]);
  await sent;
}

/** Gives the person who is signed in a first password, as the settings do. */
export async function givePassword(page: Page, password: string): Promise<void> {
  const status = await page.evaluate<number>(
    `fetch('/v1/me/password', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ${pageSecretHeader} },
      body: ${JSON.stringify(JSON.stringify({ password }))},
    }).then(async (answer) => {
      if (answer.ok) localStorage.setItem('${pageSecretKey}', (await answer.json()).pageSecret);
      return answer.status;
    })`,
  );
  assert.equal(status, 200);
}
