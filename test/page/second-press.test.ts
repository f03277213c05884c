import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { startMcpPeer } from '../peers/mcp.ts';
import { withoutChromium } from '../support/chromium.ts';
import { announced, type PageGateway, pageSuite } from '../support/page.ts';
import { poll } from '../support/poll.ts';

describe('a second press, a second look, and an answer that comes late', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  /** Holds what the page asks of a path back until it is told to go on. */
  async function hold(page: Page, url: string, method: string): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route(url, async (route: Route) => {
      if (route.request().method() === method) await promise;
      await route.fallback();
    });
    return resolve;
  }

  async function withTool(gateway: PageGateway, name: string) {
    const peer = await startMcpPeer();
    gateway.end.after(() => peer.close());
    const body = { name, transport: { type: 'http', url: peer.url } };
    const { id } = (await gateway.admin('POST', '/v1/connectors', body)).body.connector;
    const offer = (description: string, to: object) => {
      const inputSchema = { type: 'object', properties: { to: { type: 'string', ...to } } };
      peer.state.tools = [{ name: 'tell', description, inputSchema }];
    };
    return { id: id as string, offer };
  }

  test('a double press takes back one mode, where only those that are set are shown', async (t) => {
    const gateway = await pages.organization(t);
    const key = (id: string) => `connector:${gateway.filesId}:${id}`;
    const set = { [key('read_file')]: 'deny', [key('read_text_file')]: 'deny' };
    await gateway.admin('PUT', '/v1/action-modes', { modes: set });
    const page = await gateway.signedIn({ path: '/sources?show=set' });
    const taken: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'DELETE') taken.push(decodeURIComponent(request.url()));
    });
    const first = page.getByRole('group', { name: 'Mode of read_file of files', exact: true });
    await first.getByText('Default (Allow)').dblclick();
    const modes = async () => (await gateway.admin('GET', '/v1/action-modes')).body.modes;
    await poll('the first is taken back', async () => !(key('read_file') in (await modes())));
    await page.getByRole('searchbox', { name: 'Filter actions' }).fill('read');
    await first.waitFor({ state: 'detached' });
    assert.deepEqual(await modes(), { [key('read_text_file')]: 'deny' });
    assert.deepEqual(
      taken.filter((url) => !url.endsWith(key('read_file'))),
      [],
    );
  });

  test('a review pins nothing that was not looked at, be it a word', async (t) => {
    const gateway = await pages.organization(t);
    const { id, offer } = await withTool(gateway, 'notes');
    offer('Tells the team.', { enum: ['team'] });
    const reviewedHash = async () =>
      (await gateway.admin('GET', `/v1/connectors/${id}/tools`)).body.tools[0].reviewedHash;
    const page = await gateway.signedIn({ path: '/sources' });
    await page.getByRole('button', { name: 'Review tell' }).click();
    const dialog = page.getByRole('dialog', { name: 'Review a tool' });
    const pin = dialog.getByRole('button', { name: 'Pin this definition' });
    const listens = 'Tells the team, and whoever listens.';
    for (const { choices, shown } of [
      { choices: ['team'], shown: listens },
      { choices: ['team', 'everybody'], shown: '"everybody"' },
    ]) {
      offer(listens, { enum: choices });
      await pin.click();
      await dialog.getByRole('alert').getByText('"tell" has changed since you looked at it.').waitFor();
      await dialog.getByText(shown).waitFor();
      assert.equal(await reviewedHash(), null);
    }
    await pin.click();
    await dialog.waitFor({ state: 'detached' });
    assert.match(await reviewedHash(), /^[0-9a-f]{64}$/);
    offer(listens, { enum: ['team', 'everybody', 'the press'] });
    await page.reload();
    await page.getByText('What it takes is as reviewed; what it says has changed.').waitFor();
    await page.getByText('What has changed of tell').click();
    const changes = page.getByRole('list', { name: 'What has changed since the review' });
    await changes.getByText('/parameters/properties/to/enum').waitFor();
  });

  test('a form that was left begins anew, and so does a question', async (t) => {
    const gateway = await pages.organization(t);
    const { id } = await withTool(gateway, 'notes');
    const page = await gateway.signedIn({ path: '/sources' });
    const goOn = await hold(page, '**/v1/connectors', 'POST');
    const dialog = page.getByRole('dialog');
    const name = dialog.getByRole('textbox', { name: 'Name' });
    const add = page.getByRole('button', { name: 'Add an MCP server' });
    await add.click();
    await name.fill('late');
    await dialog.getByRole('textbox', { name: 'URL' }).fill('http://127.0.0.1:9/mcp');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await add.click();
    await name.waitFor();
    goOn();
    await page.locator('h2', { hasText: 'late' }).waitFor();
    assert.equal(await name.inputValue(), '');
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    const json = { error: { code: 'internal', message: 'It broke.' } };
    const broken = (route: Route) => route.fulfill({ status: 500, json });
    await page.route(`**/v1/connectors/${id}`, broken, { times: 1 });
    const remove = dialog.getByRole('button', { name: 'Remove' });
    await page.getByRole('button', { name: 'Remove notes' }).click();
    await remove.click();
    await dialog.getByRole('alert').getByText('It broke.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Remove notes' }).click();
    await remove.waitFor();
    assert.equal(await dialog.getByRole('alert').count(), 0);
    await remove.click();
    await page.locator('h2', { hasText: 'notes' }).waitFor({ state: 'detached' });
  });

  test('what was asked for in a dialog that is closed by then closes no other', async (t) => {
    const gateway = await pages.organization(t);
    for (const name of ['one', 'two']) await gateway.admin('POST', '/v1/tokens', { name });
    const page = await gateway.signedIn({ path: '/settings/you' });
    const goOn = await hold(page, '**/v1/me/ways-in/*/end', 'POST');
    await page.getByRole('button', { name: 'Revoke one' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Revoke two' }).click();
    await announced(page, 'Revoked one.', async () => goOn());
    const second = page.getByRole('dialog', { name: 'Revoke two?' });
    await announced(page, 'Revoked two.', () => second.getByRole('button', { name: 'Revoke' }).click());
  });

  test('a search field keeps what is typed, and follows where the address leads', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ path: '/sources' });
    const field = page.getByRole('searchbox', { name: 'Filter actions' });
    const holds = (text: string) => poll(text, async () => (await field.inputValue()) === text);
    const typed = 'directory with a tree in it';
    await field.pressSequentially(typed);
    await page.waitForURL((url) => url.searchParams.get('text') === typed);
    await page.keyboard.press('Escape');
    assert.equal(await field.inputValue(), typed);
    await page.getByRole('navigation').getByRole('link', { name: 'Sources' }).click();
    await page.waitForURL((url) => url.search === '');
    await holds('');
    await page.goBack();
    await holds(typed);
  });

  test('a session that was opened after its list was read has its name, and is asked for once', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ path: '/history' });
    await page.getByText('Nothing has been asked for yet').waitFor();
    const late = await gateway.session(gateway.ownerToken, { name: 'late one' });
    const rows = page.getByRole('region', { name: 'Requests', exact: true }).getByRole('listitem');
    await gateway.ask('list_allowed_directories', {}, late);
    await rows.getByText('late one').waitFor();

    let asked = 0;
    await page.route('**/v1/sessions', (route) => {
      asked += 1;
      return route.fulfill({ json: { sessions: [] } });
    });
    await page.reload();
    await rows.getByText(`session ${late.id.slice(-6)}`).waitFor();
    for (const count of [2, 3]) {
      await gateway.ask('list_allowed_directories', {}, late);
      await poll('another row', async () => (await rows.count()) === count);
    }
    assert.equal(asked, 2);
  });
});
