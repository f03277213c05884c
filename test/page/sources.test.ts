import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { type McpPeer, peerTools, startMcpPeer } from '../peers/mcp.ts';
import { withoutChromium } from '../support/chromium.ts';
import type { Cleanup } from '../support/cleanup-stack.ts';
import { startGateway } from '../support/gateway.ts';
import { pressOn, tabTo, typeInto } from '../support/keyboard.ts';
import { announced, endsWith, narrow, type PageGateway, pageSuite, signedIn } from '../support/page.ts';
import { poll } from '../support/poll.ts';
import { tracesOf } from '../support/traces.ts';

interface Notes {
  readonly gateway: PageGateway;
  readonly peer: McpPeer;
  /** The connector `notes`. */
  readonly id: string;
  readonly sourceId: string;
  /** What an agent asks of it that has just come, and so knows its tools as they are now. */
  readonly ask: (actionId: string, params?: object) => Promise<{ status: number; code: string | undefined }>;
  readonly modes: () => Promise<Record<string, string>>;
  readonly tool: (id: string) => Promise<Record<string, unknown>>;
}

describe('the sources', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });
  const card = (page: Page, name: string) => page.locator('section').filter({ has: heading(page, name) });
  const action = (page: Page, name: string, id: string) =>
    card(page, name)
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { level: 3, name: id, exact: true }) });
  const hasFocus = async (target: Locator) =>
    (await target.and(target.page().locator(':focus')).count()) === 1;

  /** A gateway with an MCP server whose tools can change, as the connector `notes`. */
  async function withNotes(t: Cleanup): Promise<Notes> {
    const gateway = await pages.organization(t);
    const peer = await startMcpPeer();
    gateway.end.after(() => peer.close());
    const body = { name: 'notes', transport: { type: 'http', url: peer.url } };
    const { id, sourceId } = (await gateway.admin('POST', '/v1/connectors', body)).body.connector;
    return {
      gateway,
      peer,
      id,
      sourceId,
      ask: async (actionId, params = {}) => {
        const { id, token } = await gateway.session();
        const body = { sourceId, actionId, params };
        const answer = await gateway.call('POST', `/v1/sessions/${id}/actions/invoke`, { token, body });
        return { status: answer.status, code: answer.body.error?.code };
      },
      modes: async () => (await gateway.admin('GET', '/v1/action-modes')).body.modes,
      tool: async (tool) =>
        (await gateway.admin('GET', `/v1/sources/${encodeURIComponent(sourceId)}/actions`)).body.actions.find(
          (one: { id: string }) => one.id === tool,
        ),
    };
  }

  const read = { id: 'monday' };

  const viewport = narrow;

  test('an MCP server is added by the keyboard alone, at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    const peer = await startMcpPeer();
    gateway.end.after(() => peer.close());
    const page = await gateway.signedIn({ viewport, path: '/sources' });
    const secret = 'a-new-secret-of-notes';
    const add = page.getByRole('button', { name: 'Add an MCP server' });
    await pressOn(add);
    const dialog = page.getByRole('dialog', { name: 'Add an MCP server' });
    const field = (label: string) => dialog.getByLabel(label, { exact: true });
    await typeInto(field('Name'), 'notes');
    await typeInto(field('URL'), peer.url);
    await tabTo(field('Secret'));
    await page.keyboard.type('As a b');
    await typeInto(field('Its key'), 'NOTES_TOKEN');
    await typeInto(field('Its value'), secret);
    await page.keyboard.press('Enter');
    await dialog.getByText('notes answers, with 2 tools.').waitFor();
    assert.equal(peer.state.headers.authorization, `Bearer ${secret}`);
    assert.deepEqual(await tracesOf(page, secret), []);
    await pressOn(dialog.getByRole('button', { name: 'Done' }));
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await hasFocus(add), true);
    const { connectors } = (await gateway.admin('GET', '/v1/connectors')).body;
    const { auth, transport } = connectors.find(({ name }: { name: string }) => name === 'notes');
    assert.deepEqual(auth, { type: 'bearer', secretKey: 'NOTES_TOKEN' });
    assert.deepEqual(transport, { type: 'http', url: peer.url });
    await announced(page, 'notes answers, with 2 tools.', () =>
      pressOn(page.getByRole('button', { name: 'Try notes' })),
    );
  });

  test('a mode is set and taken back by the keyboard alone, at 390 px', async (t) => {
    const { gateway, sourceId, peer, ask, modes } = await withNotes(t);
    const page = await gateway.signedIn({ viewport, path: '/sources' });
    const press = (key: string) => page.keyboard.press(key);
    await action(page, 'notes', 'wipe').waitFor();
    await press('/');
    await page.keyboard.type('wipe');
    const headings = page.getByRole('heading', { level: 3 });
    await poll('one action alone', async () => (await headings.count()) === 1);
    assert.equal(new URL(page.url()).searchParams.get('text'), 'wipe');
    const mode = page.getByRole('group', { name: 'Mode of wipe of notes' });
    assert.deepEqual(await ask('wipe'), { status: 403, code: 'denied' });
    await tabTo(mode.getByRole('radio', { name: 'Default (Deny)' }));
    // Passing by Allow sets nothing.
    await press('ArrowRight');
    assert.equal(await hasFocus(mode.getByRole('radio', { name: 'Allow' })), true);
    await press('ArrowRight');
    assert.deepEqual(await modes(), {});
    await press('Space');
    await poll('the mode', async () => (await modes())[`${sourceId}:wipe`] === 'require_approval');
    assert.equal((await ask('wipe')).status, 202);
    await press('ArrowLeft');
    await press('ArrowLeft');
    await press('Space');
    await poll('the default', async () => Object.keys(await modes()).length === 0);
    await action(page, 'notes', 'wipe').getByText('Inferred from its risk.').waitFor();
    assert.equal((await ask('wipe')).status, 403);
    assert.equal(peer.state.calls, 0);
  });

  test('what the gateway refuses is told in its words', async (t) => {
    const end = endsWith(t);
    const gateway = await startGateway(
      end,
      {},
      { allowPrivateAddresses: false, allowStdioConnectors: false },
    );
    const token = gateway.ownerToken;
    const peer = await startMcpPeer();
    end.after(() => peer.close());
    await gateway.call('PUT', '/v1/secrets/TAKEN', { token, body: { value: 'the-value-of-another' } });
    const secretsBefore = (await gateway.call('GET', '/v1/secrets', { token })).body;
    const page = await signedIn(end, pages.browser, gateway, { path: '/sources' });
    await page.getByText('Nothing is set up yet').waitFor();
    const dialog = page.getByRole('dialog', { name: 'Add an MCP server' });
    const field = (label: string) => dialog.getByLabel(label, { exact: true });
    const submit = () => dialog.getByRole('button', { name: 'Add', exact: true }).click();
    const says = (text: string) => dialog.getByRole('alert').getByText(text).waitFor();

    await page.getByRole('button', { name: 'Add an MCP server' }).click();
    await field('Name').fill('shell');
    await field('Reached by').selectOption('A local command');
    await field('Command').fill('/bin/sh');
    await field('Arguments').fill('-c\ntrue');
    await submit();
    await says(
      'This gateway does not start local commands for connectors. Whoever runs it can allow them: `assent up --allow-stdio-connectors`.',
    );
    await field('Reached by').selectOption('Its URL');
    await field('URL').fill('http://me:pass@mcp.example.com/');
    await submit();
    await says("Put no password into a connector's URL");
    await field('URL').fill(peer.url);
    await field('Secret').selectOption('As a bearer token');
    await field('Its key').fill('TAKEN');
    await field('Its value').fill('the-value-of-this');
    await submit();
    await says('There is a secret "TAKEN" already. Choose it from the list, or write another key.');
    assert.deepEqual((await gateway.call('GET', '/v1/secrets', { token })).body, secretsBefore);
    assert.deepEqual((await gateway.call('GET', '/v1/connectors', { token })).body, { connectors: [] });
    await field('Which secret').selectOption('TAKEN');
    await submit();
    await dialog.getByText('shell is saved, and cannot be used yet:').waitFor();
    await says(
      'has a private, local or otherwise not public address, which connectors may not call. Start the gateway with --allow-private-addresses to allow it.',
    );
    assert.deepEqual(peer.state.requests, []);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Add an MCP server' }).click();
    await field('Name').fill('shell');
    await field('URL').fill('https://mcp.example.com/');
    await submit();
    await says('There is a connector "shell" already. Choose another name.');
  });

  test('a server that does not answer says why, and disturbs no other', async (t) => {
    const { gateway, peer } = await withNotes(t);
    const trouble = new Error('the disk is full');
    peer.state.onList = () => {
      throw trouble;
    };
    const page = await gateway.signedIn({ path: '/sources' });
    await action(page, 'files', 'read_text_file').waitFor();
    await card(page, 'notes').getByRole('alert').waitFor();
    await announced(page, 'notes cannot be used: its card says why.', () =>
      card(page, 'notes').getByRole('button', { name: 'Try notes' }).click(),
    );
    peer.state.onList = () => undefined;
    await card(page, 'notes').getByRole('button', { name: 'Try again' }).click();
    await action(page, 'notes', 'read_note').waitFor();
    assert.equal(await card(page, 'notes').getByRole('alert').count(), 0);
  });

  test('a stored value that is no mode denies, and is shown as it is; so is what is set for nothing', async (t) => {
    const { gateway, sourceId, ask, modes } = await withNotes(t);
    const stored = { [`${sourceId}:read_note`]: 'sometimes', [`${sourceId}:gone`]: 'allow' };
    await gateway.gateway.store.write((tx) =>
      tx
        .updateTable('organization')
        .set({ action_modes: JSON.stringify(stored) })
        .where('id', '=', gateway.owner.organizationId)
        .execute(),
    );
    const page = await gateway.signedIn({ path: '/sources' });
    const row = action(page, 'notes', 'read_note');
    await row.getByText('Denied: “sometimes” is stored here, which is no mode.').waitFor();
    assert.equal(await row.getByRole('radio', { checked: true }).count(), 0);
    assert.deepEqual(await ask('read_note', read), { status: 403, code: 'denied' });
    await row.getByText('Allow', { exact: true }).click();
    await row.getByText('which is no mode').waitFor({ state: 'detached' });
    await poll('the mode', async () => (await modes())[`${sourceId}:read_note`] === 'allow');
    assert.equal((await ask('read_note', read)).status, 200);
    await card(page, 'notes').getByText('1 mode set for what it does not offer now').click();
    await page.getByRole('button', { name: 'Take back the mode of gone' }).click();
    await page.getByRole('button', { name: 'Take back the mode of gone' }).waitFor({ state: 'detached' });
    await poll('the mode', async () => Object.keys(await modes()).length === 1);
    assert.deepEqual(await modes(), { [`${sourceId}:read_note`]: 'allow' });
  });

  test('a tool is reviewed by the keyboard, asks once it changes, and is reviewed again', async (t) => {
    const { gateway, peer, sourceId, ask, tool } = await withNotes(t);
    const key = encodeURIComponent(`${sourceId}:read_note`);
    await gateway.admin('PUT', `/v1/action-modes/${key}`, { mode: 'allow' });
    const page = await gateway.signedIn({ path: '/sources?text=read_note' });
    const row = action(page, 'notes', 'read_note');
    const review = page.getByRole('button', { name: 'Review read_note' });
    const dialog = page.getByRole('dialog', { name: 'Review a tool' });
    const pin = dialog.getByRole('button', { name: 'Pin this definition' });
    await row.getByText('Not reviewed').waitFor();
    await card(page, 'notes').getByText('2 not reviewed').waitFor();
    await pressOn(review);
    await dialog.getByText('Reads a note.').waitFor();
    await tabTo(dialog.getByLabel('Risk'));
    await page.keyboard.type('Write');
    await pressOn(pin);
    await row.getByText(/^Reviewed just now by you$/).waitFor();
    assert.equal(await hasFocus(review), true);
    const reviewed = await tool('read_note');
    assert.deepEqual([reviewed['riskLevel'], reviewed['riskSource']], ['write', 'override']);
    assert.equal(reviewed['reviewedHash'], reviewed['hash']);
    assert.equal((await ask('read_note', read)).status, 200);

    const [first, ...others] = peerTools;
    const properties = { id: { type: 'string' }, recipient: { type: 'string' } };
    peer.state.tools = [{ ...first, inputSchema: { type: 'object', properties } }, ...others];
    await pressOn(page.getByRole('button', { name: 'Try notes' }));
    await row.getByText('Changed since the review').waitFor();
    await card(page, 'notes').getByText('1 changed since the review').waitFor();
    await row
      .getByText('Asks although Allow is set, because the tool has changed since its review.')
      .waitFor();
    assert.equal((await ask('read_note', read)).status, 202);
    await pressOn(row.locator('summary', { hasText: 'What has changed of read_note' }));
    const changes = row.getByRole('list', { name: 'What has changed since the review' });
    assert.match(
      await changes.innerText(),
      /\/parameters\/properties\/recipient[\s\S]*\/parameters\/required/,
    );

    // It changes once more while somebody looks at it.
    await pressOn(review);
    await dialog.getByText('/parameters/properties/recipient').waitFor();
    peer.state.tools = [{ ...first, inputSchema: { type: 'object', properties: { all: {} } } }, ...others];
    await pressOn(pin);
    await dialog
      .getByRole('alert')
      .getByText('"read_note" has changed since you looked at it. Look again before you review it.')
      .waitFor();
    await dialog.getByText('/parameters/properties/all').waitFor();
    assert.equal((await tool('read_note'))['reviewedHash'], reviewed['hash']);
    await pressOn(pin);
    await dialog.waitFor({ state: 'detached' });
    await row.getByText('Changed since the review').waitFor({ state: 'detached' });
    const again = await tool('read_note');
    assert.equal(again['reviewedHash'], again['hash']);
    assert.notEqual(again['hash'], reviewed['hash']);
    assert.equal((await ask('read_note', {})).status, 200);
  });

  test('a server is switched off and on, renamed, and removed', async (t) => {
    const { gateway, sourceId, id, ask } = await withNotes(t);
    const connectors = async () =>
      (await gateway.admin('GET', '/v1/connectors')).body.connectors.map(
        ({ name, enabled }: { name: string; enabled: boolean }) => `${name} ${enabled ? 'on' : 'off'}`,
      );
    const review = `/v1/connectors/${id}/tools/read_note`;
    await gateway.admin('PUT', review, {});
    const page = await gateway.signedIn({ path: '/sources' });
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await announced(page, 'notes is disabled.', () => press('Disable notes'));
    await card(page, 'notes').getByText('Disabled', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Try notes' }).count(), 0);
    assert.deepEqual(await connectors(), ['files on', 'notes off']);
    assert.deepEqual(await ask('read_note', read), { status: 400, code: 'unknown_action' });
    await announced(page, 'notes is enabled.', () => press('Enable notes'));
    await action(page, 'notes', 'read_note').getByText('Reviewed just now').waitFor();
    assert.equal((await ask('read_note', read)).status, 200);

    await press('Edit notes');
    const dialog = page.getByRole('dialog', { name: 'Edit an MCP server' });
    await dialog.getByLabel('Name', { exact: true }).fill('files');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').getByText('There is a connector "files" already.').waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill('diary');
    await dialog.getByLabel('Default risk').selectOption('Danger');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('diary answers, with 2 tools.').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await action(page, 'diary', 'read_note').getByText('Reviewed just now').waitFor();
    assert.deepEqual(await connectors(), ['diary on', 'files on']);

    await press('Remove diary');
    const question = page.getByRole('dialog', { name: 'Remove this MCP server?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    assert.deepEqual(await connectors(), ['diary on', 'files on']);
    await press('Remove diary');
    await announced(page, 'diary is removed.', () =>
      question.getByRole('button', { name: 'Remove' }).click(),
    );
    await heading(page, 'diary').waitFor({ state: 'detached' });
    assert.deepEqual(await connectors(), ['files on']);
    assert.deepEqual(await ask('read_note', read), { status: 400, code: 'unknown_action' });
    const { sources } = (await gateway.admin('GET', '/v1/sources')).body;
    assert.equal(
      sources.some((one: { id: string }) => one.id === sourceId),
      false,
    );
  });

  test('a member sees everything, and can change nothing', async (t) => {
    const { gateway, sourceId, peer, id } = await withNotes(t);
    await gateway.admin('PUT', `/v1/connectors/${id}/tools/read_note`, {});
    await gateway.admin('PUT', `/v1/action-modes/${encodeURIComponent(`${sourceId}:wipe`)}`, {
      mode: 'require_approval',
    });
    const { token } = await gateway.person('member');
    const page = await gateway.signedIn({ token });
    const refused: string[] = [];
    page.on('response', (answer) => answer.status() >= 400 && refused.push(answer.url()));
    // What makes no sense in an address is left out.
    await page.goto(`${gateway.publicUrl}/sources?show=bogus&text=%7B%7D&x=1`);
    await page.getByText('An admin can change it.').waitFor();
    const wipe = action(page, 'notes', 'wipe');
    await wipe.getByText('Ask', { exact: true }).waitFor();
    assert.match(await wipe.innerText(), /Danger[\s\S]*set for the organization/);
    await action(page, 'notes', 'read_note').getByText('Reviewed just now by another member').waitFor();
    await action(page, 'files', 'read_text_file').waitFor();
    const buttons = page.getByRole('main').getByRole('button');
    assert.deepEqual(await buttons.allInnerTexts(), []);
    assert.equal(await page.getByRole('main').getByRole('radio').count(), 0);
    // Where a server is, and what it is asked with, is for those who set it up.
    assert.equal((await page.content()).includes(peer.url), false);
    assert.deepEqual(refused, []);
    assert.equal(new URL(page.url()).search, '');
  });
});
