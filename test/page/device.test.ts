import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withoutChromium } from '../support/chromium.ts';
import { pressOn, typeInto } from '../support/keyboard.ts';
import { givePassword, narrow, type PageGateway, pageSuite } from '../support/page.ts';

describe('letting a command line in', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const begin = async (gateway: PageGateway) => {
    const headers = { 'user-agent': 'assent/1.0 (build server)' };
    return (await gateway.call('POST', '/v1/device/code', { headers })).body;
  };
  const poll = (gateway: PageGateway, deviceCode: string) =>
    gateway.call('POST', '/v1/device/token', { body: { deviceCode, name: 'laptop' } });

  test('the code is typed, who asks is shown, and it is let in, by the keyboard at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    const { deviceCode, userCode } = await begin(gateway);
    const page = await gateway.signedIn({ path: '/device', viewport: narrow });
    const code = page.getByRole('textbox', { name: 'Code' });
    await typeInto(code, 'BCDF');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('This is no code').waitFor();
    await typeInto(code, userCode.toLowerCase().replace('-', ' '));
    await page.keyboard.press('Enter');
    await page.waitForURL(`${gateway.publicUrl}/device?user_code=${userCode}`);
    await page.getByRole('heading', { name: `The command line with the code ${userCode}` }).waitFor();
    const fact = (name: string) =>
      page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd').innerText();
    assert.deepEqual(
      [await fact('From'), await fact('Calls itself')],
      ['127.0.0.1', 'assent/1.0 (build server)'],
    );
    await page.getByText(`with that can do what ${gateway.email} can`).waitFor();
    // To be shown is not to be let in.
    assert.deepEqual((await poll(gateway, deviceCode)).body, { status: 'pending' });
    await pressOn(page.getByRole('button', { name: 'Let it in' }));
    await page.getByRole('heading', { name: 'The command line is let in' }).waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: 'Go back to it' })
      .and(page.locator('*:focus'))
      .waitFor();
    const { token } = (await poll(gateway, deviceCode)).body;
    const me = await gateway.call('GET', '/v1/me', { token });
    assert.equal(me.body.user.email, gateway.email);
  });

  test('a link brings its code along; what is denied lets nobody in', async (t) => {
    const gateway = await pages.organization(t);
    const { deviceCode, verificationUriComplete } = await begin(gateway);
    const page = await gateway.signedIn();
    await page.goto(verificationUriComplete);
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('Nobody was let in.').waitFor();
    const denied = await poll(gateway, deviceCode);
    assert.deepEqual([denied.status, denied.body.error.code], [403, 'denied']);
  });

  test('a code that nobody waits under is said to be that, also when it was decided meanwhile', async (t) => {
    const gateway = await pages.organization(t);
    const refusal = 'No command line waits under this code';
    const page = await gateway.signedIn({ path: '/device?user_code=BCDFGHJK' });
    await page.getByRole('alert').getByText(refusal).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Let it in' }).count(), 0);
    await page.getByRole('link', { name: 'Type another code' }).click();
    const { userCode } = await begin(gateway);
    await page.getByRole('textbox', { name: 'Code' }).fill(userCode);
    await page.getByRole('button', { name: 'Go on' }).click();
    const letIn = page.getByRole('button', { name: 'Let it in' });
    await letIn.waitFor();
    const other = await gateway.signedIn({ path: `/device?user_code=${userCode}` });
    await other.getByRole('button', { name: 'Deny' }).click();
    await other.getByText('Nobody was let in.').waitFor();
    await letIn.click();
    await page.getByRole('alert').getByText(refusal).waitFor();
  });

  test('who has not shown lately who they are is asked first; who denies is not', async (t) => {
    const gateway = await pages.organization(t);
    await givePassword(await gateway.signedIn(), 'correct horse battery');
    const [first, second] = [await begin(gateway), await begin(gateway)];
    const page = await gateway.signedIn({ path: `/device?user_code=${first.userCode}` });
    await page.getByRole('button', { name: 'Let it in' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('alert').getByText('You have not confirmed that it is you').waitFor();
    assert.deepEqual((await poll(gateway, first.deviceCode)).body, { status: 'pending' });
    await page.getByRole('button', { name: 'Let it in' }).click();
    await dialog.getByLabel('Your password').fill('correct horse battery');
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.getByRole('heading', { name: 'The command line is let in' }).waitFor();

    const other = await gateway.signedIn({ path: `/device?user_code=${second.userCode}` });
    await other.getByRole('button', { name: 'Deny' }).click();
    await other.getByText('Nobody was let in.').waitFor();
  });
});
