// What is one's own in the settings; what takes an admin is in `settings-admin.test.ts`.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium, withoutChromium, withoutWindows } from '../support/chromium.ts';
import { assertRefused } from '../support/gateway.ts';
import { pressOn, tabTo, typeInto } from '../support/keyboard.ts';
import { givePassword, narrow, type PageGateway, pageSuite, signedIn } from '../support/page.ts';
import { poll } from '../support/poll.ts';
import { pasted } from '../support/shell.ts';
import { tracesOf } from '../support/traces.ts';

const [first, second] = ['correct horse battery', 'staple horse battery'];

/** In the place of the browser's own, whose pictures nobody sees here. */
const notificationsToBeSeen = `(() => {
  const Real = Notification;
  globalThis.told = [];
  globalThis.Notification = class extends EventTarget {
    static get permission() { return Real.permission; }
    static requestPermission() { return Real.requestPermission(); }
    constructor(title, options) {
      super();
      told.push({ notification: this, title, ...options });
    }
    close() {}
  };
})()`;

describe('the settings of one person', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const settings = (gateway: PageGateway, part: string, options = {}) =>
    gateway.signedIn({ path: `/settings/${part}`, ...options });

  const signIn = async (page: Page, email: string, password: string) => {
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };

  test('a first password is set by the keyboard, ends other browsers, and signs them in', async (t) => {
    const gateway = await pages.organization(t);
    const [page, elsewhere] = [await settings(gateway, 'you'), await settings(gateway, 'you')];
    const hasPassword = async () => (await gateway.admin('GET', '/v1/me')).body.signIn.hasPassword;
    await page.getByText('Nothing yet: you came by a link.').waitFor();
    await pressOn(page.getByRole('button', { name: 'Set a password' }));
    const setting = page.getByRole('dialog', { name: 'Set a password' });
    await typeInto(setting.getByLabel('New password', { exact: true }), first);
    await typeInto(setting.getByLabel('New password again'), 'something else');
    await page.keyboard.press('Enter');
    await setting.getByRole('alert').waitFor();
    assert.equal(await hasPassword(), false);
    await typeInto(setting.getByLabel('New password again'), first);
    assert.deepEqual(await tracesOf(page, first), ['fields']);
    await page.keyboard.press('Enter');
    await page.getByText('Your password is set. Your other browsers are signed out.').waitFor();
    assert.equal(await hasPassword(), true);
    assert.deepEqual(await tracesOf(page, first), []);

    // Another window of that browser: the one that is open may be on its way to the login page already.
    const window = await elsewhere.context().newPage();
    await window.goto(`${gateway.publicUrl}/history`);
    assert.equal(window.url(), `${gateway.publicUrl}/login?next=%2Fhistory`);
    await signIn(window, gateway.email, first);
    await window.waitForURL(`${gateway.publicUrl}/history`);
  });

  test('a password is changed by who knows it', async (t) => {
    const gateway = await pages.organization(t);
    const page = await settings(gateway, 'you');
    await givePassword(page, first);
    await page.reload();
    await pressOn(page.getByRole('button', { name: 'Change the password' }));
    const change = page.getByRole('dialog', { name: 'Change the password' });
    await typeInto(change.getByLabel('Current password'), second);
    await typeInto(change.getByLabel('New password', { exact: true }), second);
    await typeInto(change.getByLabel('New password again'), second);
    await page.keyboard.press('Enter');
    const refusal = 'This is not your current password. Nothing was changed.';
    await change.getByRole('alert').getByText(refusal, { exact: true }).waitFor();
    await typeInto(change.getByLabel('Current password'), first);
    await page.keyboard.press('Enter');
    await change.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(`${gateway.publicUrl}/login`);
    await signIn(page, gateway.email, first);
    await page.getByText('This address and password do not go together.').waitFor();
    await page.goBack();
    await signIn(page, gateway.email, second);
    await page.waitForURL(`${gateway.publicUrl}/inbox`);
  });

  test('an API token is made and revoked by the keyboard alone, at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    const page = await settings(gateway, 'you', { viewport: narrow });
    await pressOn(page.getByRole('button', { name: 'Create a token' }));
    const form = page.getByRole('dialog', { name: 'Create a token' });
    await typeInto(form.getByRole('textbox', { name: 'Name' }), 'build server');
    await pressOn(form.getByRole('combobox', { name: 'Works for' }), 'ArrowUp');
    await pressOn(form.getByRole('button', { name: 'Create' }));
    const made = page.getByRole('dialog', { name: 'The token is made' });
    const value = await made.getByRole('textbox', { name: 'Token' }).inputValue();
    const list = (await gateway.call('GET', '/v1/tokens', { token: value })).body.tokens;
    const [token] = list.filter(({ name }: { name: string }) => name === 'build server');
    assert.equal(Date.parse(token.expiresAt) - Date.parse(token.createdAt), 30 * 24 * 3_600_000);
    const environment = `export ASSENT_USER_TOKEN='${value}' ASSENT_GATEWAY_URL='${gateway.publicUrl}'`;
    const status = await pasted(`${environment}\nassent status --json`);
    assert.equal(JSON.parse(status.stdout).user.email, gateway.email, status.stderr);

    assert.deepEqual(await tracesOf(page, value), ['document', 'fields']);
    await pressOn(made.getByRole('button', { name: 'Done' }));
    await made.waitFor({ state: 'detached' });
    assert.deepEqual(await tracesOf(page, value), []);
    await pressOn(page.getByRole('button', { name: 'Revoke build server' }));
    await pressOn(page.getByRole('dialog').getByRole('button', { name: 'Revoke' }));
    await page.getByText('Revoked build server.').waitFor();
    const refused = await gateway.call('GET', '/v1/tokens', { token: value });
    const sentence = 'This token has been revoked. Log in again with `assent login`.';
    assertRefused(refused, 401, 'unauthenticated', sentence);
    await pressOn(page.getByRole('button', { name: 'Show 1 that has ended' }));
    const row = page.getByRole('list', { name: 'API tokens that have ended' }).getByRole('listitem');
    await row.filter({ hasText: 'build server' }).getByText('Revoked', { exact: true }).waitFor();
  });

  test('an API token is made for what is chosen of its scopes, and says so', async (t) => {
    const gateway = await pages.organization(t);
    const page = await settings(gateway, 'you');
    await page.getByRole('button', { name: 'Create a token' }).click();
    const form = page.getByRole('dialog', { name: 'Create a token' });
    await form.getByRole('textbox', { name: 'Name' }).fill('watcher');
    const scope = (name: string) => form.getByRole('checkbox', { name });
    for (const name of ['read', 'ask', 'approve', 'configure']) await scope(`${name}:`).uncheck();
    await form.getByRole('button', { name: 'Create' }).click();
    assert.equal(await form.isVisible(), true, 'a token for nothing is not asked for');
    await scope('approve:').check();
    await scope('read:').check();
    await form.getByRole('combobox', { name: 'Works for' }).selectOption('until it is revoked');
    await form.getByRole('button', { name: 'Create' }).click();
    const made = page.getByRole('dialog', { name: 'The token is made' });
    await made.getByText('is for read and approve, and works until it is revoked.').waitFor();
    const value = await made.getByRole('textbox', { name: 'Token' }).inputValue();
    const { token } = (await gateway.call('GET', '/v1/status', { token: value })).body;
    assert.deepEqual(token, { scopes: ['read', 'approve'], expiresAt: null });
  });

  test("what is switched off is neither seen nor done by one's agents, at 390 px", async (t) => {
    const gateway = await pages.organization(t);
    const { filesId, agent, ownerToken: token } = gateway;
    const [source, action] = [`connector:${filesId}`, `connector:${filesId}:read_text_file`];
    const path = join(gateway.files, 'notes.txt');
    const offered = async () => {
      const answer = await gateway.call('GET', `/v1/sessions/${agent.id}/actions/available`, agent);
      const [files] = answer.body.sources;
      return files?.actions.map(({ id }: { id: string }) => id) ?? [];
    };
    const refuses = async (entry: string) =>
      assertRefused(
        await gateway.ask('read_text_file', { path }),
        403,
        'source_disabled',
        `"${entry}" is switched off in the preferences of this session's user, who can switch it on with \`assent preferences enable ${entry}\`.`,
      );
    const disabled = async () =>
      (await gateway.call('GET', '/v1/preferences/actions', { token })).body.disabled;
    const page = await settings(gateway, 'preferences', { viewport: narrow });
    const all = page.getByRole('switch', { name: 'files', exact: true });
    const one = page.getByRole('switch', { name: 'read_text_file' });
    /** Presses it, and waits until that is stored. */
    const flip = async (target: typeof all, by: 'Tab' | 'Shift+Tab' = 'Tab') => {
      await tabTo(target, by);
      const stored = page.waitForResponse((answer) => answer.request().method() === 'PUT');
      await page.keyboard.press('Space');
      assert.equal((await stored).status(), 200);
    };
    await pressOn(page.getByRole('button', { name: 'files', exact: true }));
    await flip(one);
    assert.deepEqual(await disabled(), [action]);
    await refuses(action);
    const names = await offered();
    assert.ok(names.includes('write_file') && !names.includes('read_text_file'), names.join());

    await flip(all, 'Shift+Tab');
    assert.deepEqual(await disabled(), [source, action]);
    await refuses(source);
    assert.deepEqual(await offered(), []);
    await page.getByText('The whole source is off, and each of its actions with it.').waitFor();
    assert.equal(await one.isDisabled(), true);
    await page.reload();
    await all.waitFor();
    assert.equal(await all.isChecked(), false);

    await flip(all);
    await page.getByText('1 off').waitFor();
    await tabTo(page.getByRole('button', { name: 'files', exact: true }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await flip(one);
    assert.deepEqual(await disabled(), []);
    assert.equal((await gateway.ask('read_text_file', { path })).status, 200);
    assert.ok((await offered()).includes('read_text_file'));
  });

  test('what this gateway is, and which sources answer', async (t) => {
    const gateway = await pages.organization(t);
    const transport = { type: 'http', url: 'http://127.0.0.1:9/mcp' };
    await gateway.admin('POST', '/v1/connectors', { name: 'down', transport });
    const { version, connectors } = (await gateway.admin('GET', '/v1/status')).body;
    const page = await settings(gateway, 'about');
    const fact = (name: string) =>
      page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd').innerText();
    const sources = page.getByRole('list', { name: 'Sources' }).getByRole('listitem');
    await sources.first().waitFor();
    assert.deepEqual(
      [await fact('Version'), await fact('Database'), await fact('Address'), await fact('Waiting')],
      [version, 'SQLite, embedded', gateway.publicUrl, 'no approvals'],
    );
    const called = (name: string) => connectors.find((one: { name: string }) => one.name === name);
    const [files, down] = [called('files'), called('down')];
    assert.match(
      await sources.filter({ hasText: 'files' }).innerText(),
      new RegExp(`Answers\\s+${files.tools} actions`),
    );
    assert.equal(down.ok, false);
    assert.ok((await sources.filter({ hasText: 'down' }).innerText()).includes(down.error));
  });
});

describe('the notifications of a browser', { skip: withoutWindows }, () => {
  const pages = pageSuite();

  async function browserSettings(t: TestContext, options: BrowserContextOptions = {}) {
    const gateway = await pages.organization(t);
    const browser = await launchChromium('with windows');
    gateway.end.after(() => browser.close());
    const page = await signedIn(gateway.end, browser, gateway, { path: '/settings/browser', ...options });
    return { gateway, page };
  }

  test('the browser says that an agent asks, while one looks elsewhere, and leads there', async (t) => {
    const { gateway, page } = await browserSettings(t, { permissions: ['notifications'] });
    await page.addInitScript(notificationsToBeSeen);
    await page.reload();
    await page.getByText('Allowed', { exact: true }).waitFor();
    const told = () => page.evaluate<unknown>('told.map(({ title, body, tag }) => ({ title, body, tag }))');
    await gateway.askToWrite('seen.txt', 'while one looks');
    await poll('the count in the title', async () => (await page.title()).startsWith('(1)'));
    assert.deepEqual(await told(), []);
    await page.evaluate("Object.defineProperty(document, 'hidden', { value: true })");
    const id = await gateway.askToWrite('unseen.txt', 'a text that others in the room should not read');
    await poll('a notification', () => page.evaluate<boolean>('told.length > 0'));
    assert.deepEqual(await told(), [{ title: 'An agent asks', body: 'write_file', tag: id }]);
    await page.evaluate("told[0].notification.dispatchEvent(new Event('click'))");
    await page.waitForURL(`${gateway.publicUrl}/inbox/${id}`);
    await page.getByRole('article').getByText('unseen.txt').first().waitFor();
  });

  test('a browser that blocks notifications is told of, with what to do', async (t) => {
    const { page } = await browserSettings(t);
    await page.getByText('Not allowed yet', { exact: true }).waitFor();
    // A browser that nobody looks at lets nobody answer, and answers no.
    await pressOn(page.getByRole('button', { name: 'Allow notifications' }));
    await page.getByText('Blocked', { exact: true }).waitFor();
    await page.getByText('allow notifications there, and reload the page').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Allow notifications' }).count(), 0);
    await page.context().grantPermissions(['notifications']);
    await page.evaluate("dispatchEvent(new Event('focus'))");
    await page.getByText('Allowed', { exact: true }).waitFor();
  });
});
