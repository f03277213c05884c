// How a browser comes by the second secret of its session, and what it does without.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withoutChromium } from '../support/chromium.ts';
import { type PageGateway, pageSecretKey, pageSuite, strangersPage, whoIsIn } from '../support/page.ts';

describe('the secret of a browser’s session', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  test('a browser whose secret is gone is sent to sign in, and comes back to where it was', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn();
    // Not in the page that is open: it would go to the login by itself, and come in between.
    await page.addInitScript('localStorage.clear()');
    await page.goto(`${gateway.publicUrl}/history?status=pending`);
    await page.waitForURL(`${gateway.publicUrl}/login?next=${encodeURIComponent('/history?status=pending')}`);
  });

  test('the secret is nowhere but in the browser’s storage: not in the address, the history or the document', async (t) => {
    const gateway = await pages.organization(t);
    const page = await strangersPage(gateway.end, pages.browser);
    const { link } = (await gateway.admin('POST', '/v1/login-links')).body;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Nothing waits', { exact: true }).waitFor();
    const secret = await page.evaluate<string>(`localStorage.getItem('${pageSecretKey}')`);
    assert.match(secret, /^[\w-]{43}$/);
    assert.equal(asked.join().includes(secret), false);
    assert.equal((await page.content()).includes(secret), false);
    await page.goBack();
    assert.equal((await page.content()).includes(secret), false);
  });

  test('goes with its session: who signs out leaves nothing behind', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${gateway.publicUrl}/login`);
    assert.equal(await page.evaluate(`localStorage.getItem('${pageSecretKey}')`), null);
  });

  test('takes a place: a browser that keeps nothing for this site is told so', async (t) => {
    const gateway = await pages.organization(t);
    const page = await strangersPage(gateway.end, pages.browser);
    await page.addInitScript(
      "Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); }",
    );
    const { link } = (await gateway.admin('POST', '/v1/login-links')).body;
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').getByText('This browser keeps nothing for this site').waitFor();
    assert.equal(new URL(page.url()).pathname, '/login');
  });

  /** Somebody of another organization, whom the owner invites by their address. */
  const invited = async (gateway: PageGateway) => {
    const person = await gateway.person('member', await gateway.organization());
    const { email } = (await gateway.call('GET', '/v1/me', person)).body.user;
    const { link } = (await gateway.admin('POST', '/v1/members', { email, role: 'member' })).body;
    return { email, link, page: await gateway.signedIn({ token: person.token }) };
  };

  test('stands in the forms that the gateway writes: who is signed in joins by a press', async (t) => {
    const gateway = await pages.organization(t);
    const { email, link, page } = await invited(gateway);
    await page.goto(link);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL(`${gateway.publicUrl}/inbox`);
    assert.equal(await whoIsIn(page), email);
    const { members } = (await gateway.admin('GET', '/v1/members')).body;
    assert.ok(members.some((one: { email: string }) => one.email === email));
  });

  test('is asked for anew before such a form, where it is gone', async (t) => {
    const gateway = await pages.organization(t);
    const { link, page } = await invited(gateway);
    // Not in the page that is open: it would go to the login by itself, and come in between.
    await page.addInitScript('localStorage.clear()');
    await page.goto(link);
    const next = encodeURIComponent(link.slice(gateway.publicUrl.length));
    await page.waitForURL(`${gateway.publicUrl}/login?next=${next}`);
  });
});
