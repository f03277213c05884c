import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { withoutChromium } from '../support/chromium.ts';
import type { TestSession } from '../support/gateway.ts';
import { pressOn, tabTo, typeInto } from '../support/keyboard.ts';
import { narrow, type PageGateway, pageSuite } from '../support/page.ts';
import { poll } from '../support/poll.ts';

describe('the automations', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const create = async (gateway: PageGateway, name: string): Promise<string> =>
    (await gateway.admin('POST', '/v1/automations', { name })).body.automation.id;
  const listed = async (gateway: PageGateway): Promise<{ id: string; name: string }[]> =>
    (await gateway.admin('GET', '/v1/automations')).body.automations;
  const modesOf = async (gateway: PageGateway, id: string): Promise<Record<string, string>> =>
    (await gateway.admin('GET', `/v1/automations/${id}/action-modes`)).body.modes;
  const sessionOf = (gateway: PageGateway, automationId: string, name = 'of the job') =>
    gateway.session(gateway.ownerToken, { name, automationId });
  const keyOf = ({ filesId }: PageGateway, action: string) => `connector:${filesId}:${action}`;
  /** The status of an agent's write: 200 done, 202 it waits, 403 denied. */
  const write = async (gateway: PageGateway, agent?: TestSession) => {
    const params = { path: join(gateway.files, 'out.txt'), content: 'x' };
    return (await gateway.ask('write_file', params, agent)).status;
  };
  const switchOf = (page: Page, action: string) =>
    page.getByRole('group', { name: `Mode of ${action} of files` });
  const row = (page: Page, action: string) =>
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { level: 3, name: action, exact: true }) });

  test('one is made, and has its own way, by the keyboard alone, at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({
      viewport: narrow,
      path: '/automations',
    });
    const press = (key: string) => page.keyboard.press(key);
    await page.getByText('There are no automations yet').waitFor();
    await pressOn(page.getByRole('button', { name: 'New automation' }));
    await typeInto(page.getByRole('dialog', { name: 'New automation' }).getByLabel('Name'), 'release notes');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'release notes' }).waitFor();
    const [automation] = await listed(gateway);
    assert.equal(automation?.name, 'release notes');
    assert.equal(new URL(page.url()).pathname, `/automations/${automation.id}`);

    const other = gateway.agent;
    const agent = await sessionOf(gateway, automation.id);
    assert.equal(await write(gateway, agent), 202);
    await page.getByText('read_text_file').first().waitFor();
    await press('/');
    await page.keyboard.type('write_file');
    await poll('one action alone', async () => (await page.getByRole('heading', { level: 3 }).count()) === 1);
    await tabTo(switchOf(page, 'write_file').getByRole('radio', { name: 'Default (Ask)' }));
    await press('ArrowRight');
    assert.deepEqual(await modesOf(gateway, automation.id), {});
    await press('Space');
    await row(page, 'write_file').getByText('Overrides Ask, inferred from its risk.').waitFor();
    const stored = { [keyOf(gateway, 'write_file')]: 'allow' };
    await poll('the mode', async () => Object.keys(await modesOf(gateway, automation.id)).length > 0);
    assert.deepEqual(await modesOf(gateway, automation.id), stored);
    assert.deepEqual((await gateway.admin('GET', '/v1/action-modes')).body.modes, {});
    assert.equal(await write(gateway, agent), 200);
    assert.equal(await write(gateway, other), 202);

    await press('/');
    await press('ControlOrMeta+a');
    await press('Backspace');
    const headings = page.getByRole('heading', { level: 3 });
    await poll('all actions', async () => (await headings.count()) > 5);
    await tabTo(page.getByRole('checkbox', { name: 'Only what is overridden' }));
    await press('Space');
    await poll('what is overridden', async () => (await headings.count()) === 1);
    assert.equal(new URL(page.url()).search, '?show=set');
    await page.reload();
    await row(page, 'write_file').getByText('Overrides Ask, inferred from its risk.').waitFor();
    assert.deepEqual(await headings.allInnerTexts(), ['write_file']);
  });

  test('with it goes what was set for it, and its sessions fall back', async (t) => {
    const gateway = await pages.organization(t);
    const id = await create(gateway, 'release notes');
    const key = encodeURIComponent(keyOf(gateway, 'write_file'));
    await gateway.admin('PUT', `/v1/automations/${id}/action-modes/${key}`, { mode: 'allow' });
    const agent = await sessionOf(gateway, id);
    assert.equal(await write(gateway, agent), 200);
    const page = await gateway.signedIn({ path: `/automations/${id}` });
    await pressOn(page.getByRole('button', { name: 'Delete' }));
    const question = page.getByRole('dialog', { name: 'Delete this automation?' });
    await question.getByText('Its sessions live on, and fall back on the organization’s modes.').waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    assert.equal((await listed(gateway)).length, 1);
    await pressOn(page.getByRole('button', { name: 'Delete' }));
    await pressOn(question.getByRole('button', { name: 'Delete' }));
    await page.waitForURL(`${gateway.publicUrl}/automations`);
    await page.getByText('There are no automations yet').waitFor();
    assert.deepEqual(await listed(gateway), []);
    assert.equal(await write(gateway, agent), 202);
  });

  test('it goes before the organization, says over what, and back again', async (t) => {
    const gateway = await pages.organization(t);
    const id = await create(gateway, 'nightly triage');
    const key = encodeURIComponent(keyOf(gateway, 'write_file'));
    await gateway.admin('PUT', `/v1/action-modes/${key}`, { mode: 'deny' });
    const agent = await sessionOf(gateway, id);
    assert.equal(await write(gateway, agent), 403);
    const path = `/automations/${id}?text=write_file`;
    const page = await gateway.signedIn({ path });
    const choose = (name: string) => switchOf(page, 'write_file').getByText(name, { exact: true }).click();
    await row(page, 'write_file').getByText('Set for the organization.').waitFor();
    await choose('Allow');
    await row(page, 'write_file').getByText('Overrides Deny, set for the organization.').waitFor();
    await poll('the mode', async () => Object.values(await modesOf(gateway, id))[0] === 'allow');
    assert.equal(await write(gateway, agent), 200);
    assert.equal(await write(gateway), 403);
    await choose('Default (Deny)');
    await row(page, 'write_file').getByText('Set for the organization.').waitFor();
    await poll('the mode', async () => Object.keys(await modesOf(gateway, id)).length === 0);
    assert.equal(await write(gateway, agent), 403);
    // What is written where the automation is gone is taken back on the page, and told.
    await gateway.admin('DELETE', `/v1/automations/${id}`);
    await choose('Allow');
    const { body } = await gateway.call('GET', `/v1/automations/${id}`, { token: gateway.ownerToken });
    await row(page, 'write_file').getByRole('alert').getByText(body.error.message).waitFor();
    assert.equal(
      await switchOf(page, 'write_file').getByRole('radio', { name: 'Default (Deny)' }).isChecked(),
      true,
    );
  });

  test('a name that is taken is told, and whose sessions live is counted', async (t) => {
    const gateway = await pages.organization(t);
    const id = await create(gateway, 'release notes');
    await create(gateway, 'nightly triage');
    const page = await gateway.signedIn({ path: '/automations' });
    const item = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });
    await item('release notes').getByText('No live session').waitFor();
    await page.getByRole('button', { name: 'New automation' }).click();
    const dialog = page.getByRole('dialog', { name: 'New automation' });
    await dialog.getByLabel('Name').fill('release notes');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog
      .getByRole('alert')
      .getByText('There is an automation "release notes" already. Choose another name.')
      .waitFor();
    assert.equal((await listed(gateway)).length, 2);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    const sessions = new Map<string, TestSession>();
    for (const name of names) sessions.set(name, await sessionOf(gateway, id, name));
    await gateway.admin('DELETE', `/v1/sessions/${sessions.get('five')?.id}`);
    await page.reload();
    await item('release notes').getByText('5 live sessions').waitFor();
    await item('nightly triage').getByText('No live session').waitFor();
    await page.getByRole('link', { name: 'release notes' }).click();
    const five = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: 'five', exact: true }) });
    await five.getByText('Revoked', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'six', exact: true }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'one', exact: true }).count(), 0);
    await page.getByRole('button', { name: 'Show 1 older' }).click();
    await page.getByRole('link', { name: 'one', exact: true }).click();
    await page.waitForURL(`${gateway.publicUrl}/sessions/${sessions.get('one')?.id}`);
  });

  test('a member sees what is set, and can change nothing; what is not theirs is not there', async (t) => {
    const gateway = await pages.organization(t);
    const id = await create(gateway, 'release notes');
    const key = encodeURIComponent(keyOf(gateway, 'write_file'));
    await gateway.admin('PUT', `/v1/automations/${id}/action-modes/${key}`, { mode: 'deny' });
    const { token } = await gateway.person('member');
    const page = await gateway.signedIn({ token, path: '/automations' });
    await page.getByRole('link', { name: 'release notes' }).waitFor();
    const main = page.getByRole('main');
    assert.equal(await main.getByRole('button').count(), 0);
    await page.goto(`${gateway.publicUrl}/automations/${id}?show=set`);
    await row(page, 'write_file').getByText('Overrides Ask, inferred from its risk.').waitFor();
    await row(page, 'write_file').getByText('Deny', { exact: true }).waitFor();
    assert.equal(await main.getByRole('radio').count(), 0);
    assert.equal(await main.getByRole('button').count(), 0);

    const stranger = await gateway.person('owner', await gateway.organization());
    const other = await gateway.signedIn({
      token: stranger.token,
      path: `/automations/${id}?show=${encodeURIComponent('{"a":1}')}&text=[]`,
    });
    await other.getByText('There is no such automation').waitFor();
    assert.equal(await other.getByText('release notes').count(), 0);
    await pressOn(other.getByRole('link', { name: 'Show all automations' }));
    await other.getByText('There are no automations yet').waitFor();
  });
});
