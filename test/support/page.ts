import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { GatewayConfig } from '../../src/config/gateway.ts';
import type { Replacements } from '../../src/main/build-gateway.ts';
import { type End, Ends } from './ends.ts';
import { type Answer, startGateway, type TestGateway, type TestSession } from './gateway.ts';
import { scratchFolder } from './scratch.ts';

const filesystemServer = join(
  import.meta.dirname,
  '../../node_modules/@modelcontextprotocol/server-filesystem/dist/index.js',
);

/** A gateway with a real MCP server behind it, and an agent that asks. */
export interface PageGateway extends TestGateway {
  /** What is to end before the gateway does. */
  readonly end: End;
  /** The folder that the connector `files` serves. */
  readonly files: string;
  readonly filesId: string;
  readonly agent: TestSession;
  /** What an agent asks of the connector `files`; gives the answer. */
  readonly ask: (actionId: string, params: object, agent?: TestSession) => Promise<Answer>;
  /** A write that waits; gives its invocation's id. */
  readonly askToWrite: (name: string, content?: string, agent?: TestSession) => Promise<string>;
  readonly admin: (method: string, path: string, body?: unknown) => Promise<Answer>;
}

export async function startPageGateway(
  t: End,
  replacements: Replacements = {},
  config: Partial<GatewayConfig> = {},
): Promise<PageGateway> {
  const later = new Ends();
  t.after(() => later.end());
  const gateway = await startGateway(later, replacements, config);
  const files = join(scratchFolder(later), 'files');
  mkdirSync(files);
  writeFileSync(join(files, 'notes.txt'), 'The deploy key is rotated every Monday.\n');
  const admin: PageGateway['admin'] = async (method, path, body) => {
    const answer = await gateway.call(method, path, {
      token: gateway.ownerToken,
      ...(body !== undefined && { body }),
    });
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer;
  };
  const transport = { type: 'stdio', command: process.execPath, args: [filesystemServer, files] };
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
  return { ...gateway, end: later, files, filesId, agent, ask, askToWrite, admin };
}

interface SignedInOptions extends BrowserContextOptions {
  /** Whose window it is: the owner's, if nobody else's. */
  readonly token?: string;
  readonly path?: string;
  /** What the browser may call an error, beside refusals. */
  readonly mayComplain?: RegExp;
}

/** A browser window of one person's, signed in by a one-time link as people are. Whatever the page's console calls an error fails the test. `t` ends before the gateway does. */
export async function signedIn(
  t: End,
  browser: Browser,
  gateway: TestGateway,
  options: SignedInOptions = {},
): Promise<Page> {
  const { token = gateway.ownerToken, path = '/inbox', mayComplain, ...contextOptions } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
  context.setDefaultTimeout(10_000);
  const troubles: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // The browser calls it an error where the gateway refuses something, and where a page is left before it is connected.
    const isRefusal = /^Failed to load resource|^WebSocket connection to /.test(message.text());
    const isExpected = mayComplain?.test(message.text()) === true;
    if (message.type() === 'error' && !isRefusal && !isExpected) troubles.push(message.text());
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(troubles, []);
  });
  const { status, body } = await gateway.call('POST', '/v1/login-links', { token });
  assert.equal(status, 201);
  await page.goto(body.link);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
  if (path !== '/inbox') await page.goto(gateway.publicUrl + path);
  return page;
}

/** Gives whoever is signed in a first password, as the settings do. */
export async function givePassword(page: Page, password: string): Promise<void> {
  const status = await page.evaluate<number>(
    `fetch('/v1/me/password', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: ${JSON.stringify(JSON.stringify({ password }))},
    }).then(({ status }) => status)`,
  );
  assert.equal(status, 204);
}
