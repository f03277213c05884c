// Everything that gives access to one's account, what each came from, and its end.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { newRecoveryLink } from '../../src/gateway/people/login-links.ts';
import { withoutChromium } from '../support/chromium.ts';
import { pressOn, tabTo } from '../support/keyboard.ts';
import {
  announced,
  givePassword,
  narrow,
  type PageGateway,
  pageSecretHeader,
  pageSuite,
  strangersPage,
  whoIsIn,
} from '../support/page.ts';
import { poll } from '../support/poll.ts';

const password = 'correct horse battery';
const linux = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';

describe('what gives access', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const rows = (page: Page, list: string) => page.getByRole('list', { name: list }).getByRole('listitem');

  /** A browser of the owner's that has signed in as people do, by the form. */
  const signIn = async (gateway: PageGateway, path = '/settings', options = {}) => {
    const page = await strangersPage(gateway.end, pages.browser, options);
    await page.goto(`${gateway.publicUrl}/login?next=${encodeURIComponent(path)}`);
    await page.getByRole('textbox', { name: 'E-mail' }).fill(gateway.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(gateway.publicUrl + path);
    return page;
  };

  /** Makes a token from within a browser, so that it came from there. */
  const makeToken = (page: Page, name: string) =>
    page.evaluate<string>(`fetch('/v1/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ${pageSecretHeader} },
      body: ${JSON.stringify(JSON.stringify({ name }))},
    }).then(async (answer) => (await answer.json()).value)`);

  const works = async (gateway: PageGateway, token: string) =>
    (await gateway.call('GET', '/v1/me', { token })).status === 200;

  test('is listed with how, from where and since when, and what it came from', async (t) => {
    const gateway = await pages.organization(t);
    await givePassword(await gateway.signedIn(), password);
    const firefox = await signIn(gateway, '/settings', { userAgent: linux });
    await makeToken(firefox, 'made in Firefox');
    await gateway.admin('POST', '/v1/members', { email: 'kim@example.com', role: 'member' });
    await gateway.admin('POST', '/v1/login-links');
    await firefox.reload();

    const browsers = rows(firefox, 'Browsers');
    const own = await browsers.filter({ hasText: 'this browser' }).innerText();
    assert.match(own, /^Firefox on Linux\s+this browser/);
    assert.match(own, /Signed in by your password .*, from 127\.0\.0\.1, last used .*, ends in /);
    assert.match(own, /Came from your password/);
    const token = await rows(firefox, 'API tokens').filter({ hasText: 'made in Firefox' }).innerText();
    assert.match(token, /Came from the browser Firefox on Linux \(this browser\)/);
    const invitation = await rows(firefox, 'Invitations by you').innerText();
    assert.match(invitation, /^kim@example\.com[\s\S]*Came from the token test/);
    assert.match(
      await rows(firefox, 'Open links and command lines').innerText(),
      /^A link that signs a browser in[\s\S]*Came from the token test/,
    );
    await rows(firefox, 'Your agents’ sessions').getByRole('link', { name: 'nightly' }).waitFor();
    await rows(firefox, 'How you sign in').getByText('Your password', { exact: true }).waitFor();
  });

  test('what came from a browser ends with it, but for what is ticked, by the keyboard at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    await givePassword(await gateway.signedIn(), password);
    const firefox = await signIn(gateway, '/inbox', { userAgent: linux });
    const [kept, lost] = [await makeToken(firefox, 'kept'), await makeToken(firefox, 'lost')];
    const { body } = await gateway.call('POST', '/v1/sessions', {
      token: kept,
      body: { name: 'of the kept one' },
    });
    const page = await signIn(gateway, '/settings', { viewport: narrow });

    const signOut = page.getByRole('button', { name: 'Sign out Firefox on Linux', exact: true });
    await pressOn(signOut);
    const dialog = page.getByRole('dialog', { name: 'Sign out Firefox on Linux?' });
    const tick = (name: RegExp) => dialog.getByRole('checkbox', { name });
    const below = tick(/^Keep the agent’s session of the kept one/);
    await below.waitFor();
    assert.equal(await dialog.getByRole('checkbox').count(), 3);
    assert.equal(await dialog.getByText('This browser is among what ends').count(), 0);
    await pressOn(tick(/^Keep the token kept/), 'Space');
    // What came from it stays with it.
    assert.deepEqual([await below.isChecked(), await below.isDisabled()], [true, true]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await signOut.and(page.locator('*:focus')).waitFor();
    assert.equal(await works(gateway, lost), true);

    await page.keyboard.press('Enter');
    await pressOn(tick(/^Keep the token kept/), 'Space');
    await announced(page, 'Signed out Firefox on Linux. With it ended 1 thing that came from it.', async () =>
      pressOn(dialog.getByRole('button', { name: 'Sign out' })),
    );
    assert.deepEqual([await works(gateway, kept), await works(gateway, lost)], [true, false]);
    const session = await gateway.call('GET', `/v1/sessions/${body.session.id}`, { token: kept });
    assert.equal(session.body.session.revokedAt, null);
    await firefox.goto(`${gateway.publicUrl}/inbox`);
    await firefox.waitForURL(/\/login\?next=%2Finbox$/);
  });

  test('one signs out everywhere else, with what came from there', async (t) => {
    const gateway = await pages.organization(t);
    await givePassword(await gateway.signedIn(), password);
    const [one, two] = [await signIn(gateway), await signIn(gateway)];
    const [kept, lost] = [await makeToken(one, 'kept'), await makeToken(two, 'lost')];
    const page = await signIn(gateway);
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign out everywhere else?' });
    await dialog.getByText('3 other browsers of yours are signed out at once.').waitFor();
    await dialog.getByRole('checkbox', { name: /^Keep the token kept/ }).check();
    await dialog.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await dialog.waitFor({ state: 'detached' });
    for (const other of [one, two]) assert.equal(await whoIsIn(other), 401);
    assert.equal(await whoIsIn(page), gateway.email);
    assert.deepEqual([await works(gateway, kept), await works(gateway, lost)], [true, false]);
    await poll('one browser', async () => (await rows(page, 'Browsers').count()) === 1);
    assert.equal(await page.getByRole('button', { name: 'Sign out everywhere else' }).count(), 0);
  });

  test('the only way to sign in stays; this browser says so before it ends', async (t) => {
    const gateway = await pages.organization(t);
    await givePassword(await gateway.signedIn(), password);
    const page = await signIn(gateway);
    await page.getByRole('button', { name: 'Remove your password' }).click();
    const remove = page.getByRole('dialog', { name: 'Remove your password?' });
    await remove.getByText('This browser is among what ends: you are signed out here at once.').waitFor();
    await remove.getByRole('button', { name: 'Remove' }).click();
    await remove.getByRole('alert').getByText('This is the only way in which you sign in.').waitFor();
    await remove.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('button', { name: /^Sign out .*, this browser$/ }).click();
    const leave = page.getByRole('dialog', { name: /^Sign out / });
    await leave.getByText('Nothing else ends with it.').waitFor();
    await leave.getByText('This browser is among what ends').waitFor();
    await leave.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${gateway.publicUrl}/login`);
  });

  test('after a recovery no current password is asked for, and all else that gives access ends', async (t) => {
    const gateway = await pages.organization(t);
    await givePassword(await gateway.signedIn(), 'the password of a thief');
    const token = (await newRecoveryLink(gateway.gateway, gateway.email)).reveal();
    const page = await strangersPage(gateway.end, pages.browser);
    await page.goto(`${gateway.publicUrl}/login?token=${token}&next=/settings`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('everything else that gives access to this account ends').waitFor();
    await pressOn(page.getByRole('button', { name: 'Set a password' }));
    const dialog = page.getByRole('dialog', { name: 'Set a password' });
    await dialog.getByText('everything else that gives access to this account ends').waitFor();
    assert.equal(await dialog.getByLabel('Current password').count(), 0);
    await tabTo(dialog.getByLabel('New password', { exact: true }));
    await page.keyboard.type(password);
    await tabTo(dialog.getByLabel('New password again'));
    await page.keyboard.type(password);
    await announced(page, 'Your password is set.', () => page.keyboard.press('Enter'));
    await page.getByRole('button', { name: 'Change the password' }).waitFor();
    assert.equal(await page.getByText('You came by a recovery link.').count(), 0);
    assert.equal(await works(gateway, gateway.ownerToken), false);
    assert.equal(await rows(page, 'Browsers').count(), 1);
  });

  test('a window that asks while another one sets the password waits for it, and goes on', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ path: '/settings' });
    const other = await page.context().newPage();
    await other.goto(`${gateway.publicUrl}/inbox`);
    await other.getByText('Nothing waits', { exact: true }).waitFor();
    // The cookie is the new session's already, and its secret is still on the way.
    const [isSet, isTold] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/v1/me/password', async (route) => {
      const response = await route.fetch();
      isSet.resolve();
      await isTold.promise;
      await route.fulfill({ response });
    });
    await page.getByRole('button', { name: 'Set a password' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set a password' });
    await dialog.getByLabel('New password', { exact: true }).fill(password);
    await dialog.getByLabel('New password again').fill(password);
    await dialog.getByRole('button', { name: 'Set' }).click();
    await isSet.promise;
    const refused = other.waitForResponse((answer) => answer.status() === 401);
    await other.getByRole('link', { name: 'Sessions' }).click();
    await refused;
    isTold.resolve();
    await other.getByRole('link', { name: 'nightly' }).waitFor();
    assert.equal(other.url(), `${gateway.publicUrl}/sessions`);
  });

  test('a window goes on when another one of the same browser has set the password', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ path: '/settings' });
    const other = await page.context().newPage();
    await other.goto(`${gateway.publicUrl}/inbox`);
    await other.getByText('Nothing waits', { exact: true }).waitFor();
    await other.evaluate('window.sinceLoaded = true');
    await givePassword(page, password);
    const id = await gateway.askToWrite('after.txt');
    await other.getByRole('article').getByText('after.txt').first().waitFor();
    await other.getByRole('button', { name: 'Approve' }).click();
    await other.getByRole('heading', { name: 'Approved, and done' }).waitFor();
    assert.equal((await gateway.admin('GET', `/v1/invocations/${id}`)).body.invocation.status, 'completed');
    assert.equal(await other.evaluate('window.sinceLoaded'), true);
  });
});
