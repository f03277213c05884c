// What gives access takes a person who has shown lately who they are.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { withoutChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { pressOn, typeInto } from '../support/keyboard.ts';
import { givePassword, narrow, pageSuite, signedIn } from '../support/page.ts';
import { addDevice } from '../support/passkey-device.ts';
import { tracesOf } from '../support/traces.ts';

const password = 'correct horse battery';

describe('confirming that it is you', { skip: withoutChromium }, () => {
  const pages = pageSuite();
  const dialogIn = (page: Page) => page.getByRole('dialog', { name: 'Confirm that it is you' });
  const formIn = (page: Page) => page.getByRole('dialog', { name: 'Create a token' });

  const createToken = async (page: Page, name: string) => {
    await pressOn(page.getByRole('button', { name: 'Create a token' }));
    await typeInto(formIn(page).getByRole('textbox', { name: 'Name' }), name);
    await pressOn(formIn(page).getByRole('button', { name: 'Create' }));
  };

  test('by the password, and then what was refused is done by itself; the keyboard alone, at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    await givePassword(await gateway.signedIn(), password);
    // A link shows nothing of who comes by it, where they have a password.
    const page = await gateway.signedIn({ path: '/settings', viewport: narrow });
    const names = async () =>
      (await gateway.admin('GET', '/v1/tokens')).body.tokens.map(({ name }: { name: string }) => name);
    await createToken(page, 'build server');
    const dialog = dialogIn(page);
    const field = dialog.getByLabel('Your password');
    await field.and(page.locator('*:focus')).waitFor();

    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const form = formIn(page);
    await form
      .getByRole('alert')
      .getByText('You have not confirmed that it is you, so that nothing was done.')
      .waitFor();
    assert.equal(await form.getByRole('textbox', { name: 'Name' }).inputValue(), 'build server');
    assert.deepEqual(await names(), ['test']);

    await pressOn(form.getByRole('button', { name: 'Create' }));
    await typeInto(field, 'something else');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('This is not your current password.').waitFor();
    await typeInto(field, password);
    await page.keyboard.press('Enter');
    const made = page.getByRole('dialog', { name: 'The token is made' });
    await made.getByRole('textbox', { name: 'Token' }).waitFor();
    assert.equal(await dialog.count(), 0);
    assert.deepEqual((await names()).toSorted(), ['build server', 'test']);
    assert.deepEqual(await tracesOf(page, password), []);

    // It counts for a while: the next thing goes through at once.
    await pressOn(made.getByRole('button', { name: 'Done' }));
    await createToken(page, 'another one');
    await made.waitFor();
  });

  test('who has a password elsewhere and nothing here is told what to do', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn({ path: '/settings' });
    // As an hour later: nothing that they have shows who they are any more.
    await page.route('**/v1/tokens', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 403,
            json: { error: { code: 'insufficient_user_authentication', message: 'Too long ago.' } },
          })
        : route.fallback(),
    );
    await createToken(page, 'build server');
    const dialog = dialogIn(page);
    await dialog.getByText('You have no password and no passkey yet.').waitFor();
    await dialog.getByText('assent login --link').waitFor();
    assert.equal(await dialog.getByRole('textbox').count(), 0);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await formIn(page).getByRole('alert').waitFor();
  });

  describe('by a passkey', () => {
    let gateway: TestGateway;
    before(async () => {
      const port = await freePort();
      // WebAuthn knows names, and no bare addresses.
      gateway = await startGateway(pages, {}, { port, publicUrl: `http://localhost:${port}` });
    });

    test('of theirs, which then does what was refused', async (t) => {
      const { token } = await gateway.person('member');
      const page = await signedIn(t, pages.browser, gateway, { token, path: '/settings' });
      await addDevice(page);
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('laptop');
      await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
      await page.getByRole('button', { name: 'Delete laptop' }).waitFor();

      // Signed in anew by a link, in the same browser, which has the passkey.
      const { body } = await gateway.call('POST', '/v1/login-links', { token });
      await page.goto(`${body.link}&next=/settings`);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL(`${gateway.publicUrl}/settings`);
      await createToken(page, 'build server');
      assert.equal(await dialogIn(page).getByRole('textbox').count(), 0);
      await dialogIn(page).getByRole('button', { name: 'Confirm with a passkey' }).click();
      await page.getByRole('dialog', { name: 'The token is made' }).waitFor();
    });
  });
});
