import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { withoutChromium } from '../support/chromium.ts';
import { assertRefused } from '../support/gateway.ts';
import { pressOn, tabTo } from '../support/keyboard.ts';
import { narrow, type PageGateway, pageSuite } from '../support/page.ts';
import { pasted } from '../support/shell.ts';
import { tracesOf } from '../support/traces.ts';

const revokedSentence = 'This session has been revoked. Open a new one with `assent sessions create`.';

describe('sessions', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const catalog = (gateway: PageGateway, { id, token }: { id: string; token: string }) =>
    gateway.call('GET', `/v1/sessions/${id}/actions/available`, { token });
  const isOpen = (page: Page) => page.getByRole('dialog', { name: 'The session is open' });

  test('one is opened by the keyboard alone, and its variables work, at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    const { automation } = (await gateway.admin('POST', '/v1/automations', { name: 'releases' })).body;
    const page = await gateway.signedIn({ viewport: narrow });
    const opener = page.getByRole('button', { name: 'Open a session' });
    await pressOn(page.getByRole('link', { name: 'Sessions' }));
    await pressOn(opener);
    const form = page.getByRole('dialog', { name: 'Open a session' });
    await form.getByRole('textbox', { name: 'Name' }).and(page.locator('*:focus')).waitFor();
    await page.keyboard.type("night's run");
    await form.getByRole('option', { name: 'releases' }).waitFor({ state: 'attached' });
    await pressOn(form.getByRole('combobox', { name: 'Automation' }), 'ArrowDown');
    await pressOn(form.getByRole('combobox', { name: 'Ends after' }), 'ArrowUp');
    await pressOn(form.getByRole('button', { name: 'Open' }));

    const variables = isOpen(page).getByRole('textbox', { name: 'The agent’s variables' });
    await variables.waitFor();
    const exported = await variables.inputValue();
    const [session] = (await gateway.admin('GET', '/v1/sessions')).body.sessions;
    assert.deepEqual([session.name, session.automationId], ["night's run", automation.id]);
    assert.equal(Date.parse(session.expiresAt) - Date.parse(session.createdAt), 3_600_000);
    const token = /export ASSENT_TOKEN='(ast_s_[\w-]{43})'/.exec(exported)?.[1] ?? assert.fail(exported);
    const inShell = await pasted(`${exported}\nassent actions list`);
    assert.equal(inShell.code, 0, inShell.stderr);
    assert.match(inShell.stdout, /^files:write_file +write +require_approval /m);

    await tabTo(isOpen(page).getByRole('radio', { name: 'For a shell' }));
    await page.keyboard.press('ArrowDown');
    const file = join(gateway.files, '.env');
    writeFileSync(file, await variables.inputValue());
    const fromFile = await pasted(`node --env-file='${file}' "$CLI" actions list`);
    assert.deepEqual(fromFile, inShell);

    assert.deepEqual(await tracesOf(page, token), ['document', 'fields']);
    await pressOn(isOpen(page).getByRole('button', { name: 'Done' }));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await opener.and(page.locator('*:focus')).waitFor();
    assert.deepEqual(await tracesOf(page, token), []);
  });

  test('what an agent was refused is seen on the screen of its session', async (t) => {
    const gateway = await pages.organization(t);
    const { session, token } = (await gateway.admin('POST', '/v1/sessions', { name: 'prober' })).body;
    for (const path of ['/v1/secrets', '/v1/members']) await gateway.call('GET', path, { token });
    await gateway.gateway.refusals.flush();
    const page = await gateway.signedIn();
    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByRole('link', { name: 'prober' }).click();
    const refused = page.getByRole('list', { name: 'Refused' }).getByRole('listitem');
    await refused.first().waitFor();
    assert.equal(await refused.count(), 1);
    assert.match((await refused.first().textContent()) ?? '', /^forbidden2 timeslast /);
    assert.equal(session.refusals.length, 0);
  });

  test('its token stays until one is done with it, and comes again by no Back and no new load', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn();
    await page.getByRole('link', { name: 'Sessions' }).click();
    const open = async () => {
      await page.getByRole('button', { name: 'Open a session' }).click();
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      const shown = await isOpen(page).getByRole('textbox').inputValue();
      return /ast_s_[\w-]+/.exec(shown)?.[0] ?? assert.fail(shown);
    };
    const first = await open();
    await page.mouse.click(5, 5);
    await page.keyboard.press('Escape');
    assert.deepEqual(await tracesOf(page, first), ['document', 'fields'], 'neither of these closes it');
    await isOpen(page).getByRole('button', { name: 'Close' }).click();
    await isOpen(page).waitFor({ state: 'detached' });
    assert.deepEqual(await tracesOf(page, first), []);

    const second = await open();
    const isAt = (path: string) => page.waitForURL(gateway.publicUrl + path);
    await page.goBack();
    await isAt('/inbox');
    await isOpen(page).waitFor({ state: 'detached' });
    assert.deepEqual(await tracesOf(page, second), []);
    await page.goForward();
    await isAt('/sessions');
    await page.getByRole('list', { name: 'Sessions' }).waitFor();
    assert.equal(await isOpen(page).count(), 0);
    await page.reload();
    await page.getByRole('list', { name: 'Sessions' }).waitFor();
    for (const token of [first, second]) assert.deepEqual(await tracesOf(page, token), []);
  });

  test('what one does is seen as it happens, until it is revoked: then nothing of it is left', async (t) => {
    const gateway = await pages.organization(t);
    const { agent } = gateway;
    const page = await gateway.signedIn({ path: `/sessions/${agent.id}` });
    const log = page.getByRole('log', { name: 'What happens in this session' }).getByRole('listitem');
    await page.getByRole('status', { name: 'Connection' }).getByText('Listening').waitFor();
    await page.getByText('The agent has asked for nothing yet.').waitFor();
    const done = await gateway.askToWrite('done.txt');
    await log.filter({ hasText: 'Waiting' }).getByRole('link', { name: 'write_file' }).waitFor();
    await gateway.admin('POST', `/v1/sessions/${agent.id}/actions/invocations/${done}/approve`, {});
    await log.filter({ hasText: 'Completed' }).waitFor();
    const waiting = await gateway.askToWrite('waiting.txt');
    await log.nth(2).waitFor();
    assert.deepEqual(await log.getByText(/^(Waiting|Completed)$/).allInnerTexts(), [
      'Waiting',
      'Completed',
      'Waiting',
    ]);

    await pressOn(page.getByRole('button', { name: 'Revoke' }));
    const dialog = page.getByRole('dialog', { name: 'Revoke nightly?' });
    await pressOn(dialog.getByRole('button', { name: 'Cancel' }));
    await dialog.waitFor({ state: 'detached' });
    assert.equal((await catalog(gateway, agent)).status, 200);
    await pressOn(page.getByRole('button', { name: 'Revoke' }));
    await pressOn(dialog.getByRole('button', { name: 'Revoke' }));
    await page.getByText('Revoked nightly: its token no longer works.').waitFor();
    await log.filter({ hasText: 'Denied' }).waitFor();
    const latest = page.getByRole('list', { name: 'Latest requests' }).getByRole('listitem');
    await latest.first().getByText('Denied').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Revoke' }).count(), 0);
    assertRefused(await catalog(gateway, agent), 401, 'unauthenticated', revokedSentence);
    const { invocation } = (await gateway.admin('GET', `/v1/invocations/${waiting}`)).body;
    assert.equal(invocation.status, 'denied');

    await page.getByRole('link', { name: 'All sessions' }).click();
    await page.getByText('No session is live').waitFor();
    await page.getByRole('link', { name: 'Show the 1 that has ended' }).click();
    await page.waitForURL(`${gateway.publicUrl}/sessions?show=all`);
    await page.reload();
    const row = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await row.filter({ hasText: 'nightly' }).getByText('Revoked', { exact: true }).waitFor();
  });

  test('a member revokes their own, and reads why not those of others', async (t) => {
    const gateway = await pages.organization(t);
    const { token } = await gateway.person('member');
    const own = await gateway.session(token, { name: 'mine' });
    const page = await gateway.signedIn({ token, path: '/sessions' });
    const rows = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await rows.filter({ hasText: 'mine' }).getByText('Opened by you').waitFor();
    await rows.filter({ hasText: 'nightly' }).getByText('Opened by another member').waitFor();
    const revoke = async (name: string) => {
      await page.getByRole('link', { name }).click();
      await page.getByRole('button', { name: 'Revoke' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    };
    await revoke('nightly');
    await page.getByRole('alert').getByText('There is no such session of yours.', { exact: true }).waitFor();
    assert.equal((await catalog(gateway, gateway.agent)).status, 200);
    await page.goto(`${gateway.publicUrl}/sessions`);
    await revoke('mine');
    await page.getByRole('button', { name: 'Revoke' }).waitFor({ state: 'detached' });
    assertRefused(await catalog(gateway, own), 401, 'unauthenticated', revokedSentence);
  });
});
