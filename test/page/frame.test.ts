// What stays while screens change: the title, the keys, the connection, and being signed in.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { withoutChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { startGateway } from '../support/gateway.ts';
import { pressOn, tabTo } from '../support/keyboard.ts';
import { endsWith, givePassword, isSentToSignIn, narrow, pageSuite } from '../support/page.ts';
import { poll } from '../support/poll.ts';
import { scratchFolder } from '../support/scratch.ts';

describe('the frame', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const isTitled = (page: Page, title: string) =>
    poll(`the title ${title}`, async () => (await page.title()) === title);
  /** What the bar beside the screen, or above it, says of the connection. */
  const connection = (page: Page, word: string) =>
    page.getByRole('status').filter({ hasText: word }).filter({ visible: true }).first().waitFor();

  test('the title and the way to the inbox count what waits, on every screen, at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ viewport: narrow });
    const link = (name: string | RegExp) =>
      page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name });
    await isTitled(page, 'Inbox · Assent');
    const id = await gateway.askToWrite('one.txt');
    await isTitled(page, '(1) Inbox · Assent');
    await gateway.askToWrite('two.txt');
    await pressOn(link('Sources'));
    await isTitled(page, '(2) Sources · Assent');
    await link(/^Inbox\s*2\s*waiting$/).waitFor();
    assert.equal(await link('Sources').getAttribute('aria-current'), 'page');
    const deny = `/v1/sessions/${gateway.agent.id}/actions/invocations/${id}/deny`;
    await gateway.admin('POST', deny, {});
    await isTitled(page, '(1) Sources · Assent');
    await pressOn(link('Settings'));
    await isTitled(page, '(1) You · Settings · Assent');
  });

  test('an address that means nothing is said to, where one can go on from', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ path: '/settings/nowhere' });
    await page.getByText('There is no such part of the settings').waitFor();
    await page.getByRole('link', { name: 'Show the settings' }).click();
    await page.waitForURL(`${gateway.publicUrl}/settings`);
    await page.goto(`${gateway.publicUrl}/sessions/nonsense`);
    await page.getByRole('alert').waitFor();
    await page.getByRole('link', { name: 'All sessions' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
    // Within the page: the gateway itself answers no such address with it.
    await page.evaluate(
      "history.pushState({}, '', '/nowhere'); dispatchEvent(new PopStateEvent('popstate'))",
    );
    await page.getByText('There is no such screen').waitFor();
    await pressOn(page.getByRole('link', { name: 'Go to the inbox' }));
    await page.waitForURL(`${gateway.publicUrl}/inbox`);
  });

  test('the keyboard skips to the screen, and comes back from dialogs, at 1280 px', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ path: '/sessions' });
    const focused = page.locator('*:focus');
    const opener = page.getByRole('button', { name: 'Open a session' });
    const isFocused = (target: typeof opener) => target.and(focused).waitFor();
    await opener.waitFor();
    const skip = page.getByRole('link', { name: 'Skip to the screen' });
    const top = async () => (await skip.boundingBox())?.y ?? assert.fail('it is nowhere');
    assert.ok((await top()) < 0);
    await page.keyboard.press('Tab');
    await isFocused(skip);
    await poll('it to be seen', async () => (await top()) >= 0);
    await page.keyboard.press('Enter');
    await isFocused(page.getByRole('main'));
    await page.keyboard.press('Tab');
    await isFocused(opener);

    const help = page.getByRole('dialog', { name: 'Keys' });
    await page.keyboard.press('?');
    await help.waitFor();
    for (let tabs = 0; tabs < 5; tabs++) {
      await page.keyboard.press('Tab');
      // A dialog holds the focus.
      await help.locator('*:focus').waitFor();
    }
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await isFocused(opener);
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Open a session' });
    await isFocused(form.getByRole('textbox', { name: 'Name' }));
    await page.keyboard.type('why?');
    assert.equal(await help.count(), 0, 'typing is typing');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await isFocused(opener);
    await pressOn(page.getByRole('link', { name: 'nightly' }));
    const revoke = page.getByRole('button', { name: 'Revoke' });
    await pressOn(revoke);
    await page.getByRole('dialog', { name: 'Revoke nightly?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await isFocused(revoke);
  });

  test('says when it is not connected; afterwards it is live again, and has missed nothing', async (t) => {
    const end = endsWith(t);
    const dataDir = scratchFolder(end);
    const place = { port: await freePort(), home: dataDir, dataDir };
    const gateway = await pages.gateway(end, {}, place);
    const mayComplain = /^WebSocket connection to .* failed/;
    const page = await gateway.signedIn({ mayComplain });
    await connection(page, 'Live');
    await page.evaluate('window.sinceLoaded = true');
    await gateway.stop();
    await connection(page, 'Not connected; trying again');

    // Meanwhile an agent asks; the page cannot reach where it does.
    const elsewhere = await startGateway(end, {}, { ...place, port: 0 });
    const asked = await elsewhere.call('POST', `/v1/sessions/${gateway.agent.id}/actions/invoke`, {
      token: gateway.agent.token,
      body: {
        sourceId: `connector:${gateway.filesId}`,
        actionId: 'write_file',
        params: { path: `${gateway.files}/meanwhile.txt`, content: '' },
      },
    });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    await elsewhere.stop();
    await page.getByText('Nothing waits', { exact: true }).waitFor();

    const again = await startGateway(gateway.end, {}, place);
    await connection(page, 'Live');
    await page.getByRole('article').getByText('meanwhile.txt').first().waitFor();
    await pressOn(page.getByRole('button', { name: 'Approve' }));
    await page.getByRole('heading', { name: 'Approved, and done' }).waitFor();
    const { id } = asked.body.invocation;
    const done = await again.call('GET', `/v1/invocations/${id}`, { token: again.ownerToken });
    assert.equal(done.body.invocation.status, 'completed');
    assert.equal(await page.evaluate('window.sinceLoaded'), true);
  });

  test('who was signed out elsewhere signs in at the next request, and is back where they were', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ path: '/settings' });
    await givePassword(page, 'correct horse battery');
    const other = await page.context().newPage();
    await other.goto(`${gateway.publicUrl}/inbox`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.waitForURL(`${gateway.publicUrl}/login`);

    const where = '/history?status=pending';
    await isSentToSignIn(page, /\/login\?next=%2F(sessions|settings)$/, () =>
      page.getByRole('link', { name: 'Sessions' }).click(),
    );
    await page.goto(gateway.publicUrl + where);
    assert.equal(page.url(), `${gateway.publicUrl}/login?next=${encodeURIComponent(where)}`);
    await page.getByRole('textbox', { name: 'E-mail' }).fill(gateway.email);
    await tabTo(page.getByRole('textbox', { name: 'Password' }));
    await page.keyboard.type('correct horse battery');
    await page.keyboard.press('Enter');
    await page.waitForURL(gateway.publicUrl + where);
    await connection(page, 'Live');
  });
});
