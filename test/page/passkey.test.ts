import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { withoutChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { givePassword, pageSecretHeader, pageSuite, signedIn, strangersPage } from '../support/page.ts';
import { addDevice } from '../support/passkey-device.ts';

/** The settings' own functions, as a text that leaves them in the page's `settings`. */
async function registering(): Promise<string> {
  const contents = `export * from './passkeys.ts'; export * from './ways-in.ts';`;
  const resolveDir = join(import.meta.dirname, '../../web/api');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'settings',
    platform: 'browser',
  });
  return outputFiles[0]?.text ?? assert.fail('nothing was built');
}

/** A page that would take any passkey at all. */
const registeringUnverified = `(async () => {
  const path = '/v1/auth/passkey/';
  const options = await (await fetch(path + 'generate-register-options', { headers: { ${pageSecretHeader} } })).json();
  options.authenticatorSelection = { residentKey: 'required', userVerification: 'discouraged' };
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  const made = await fetch(path + 'verify-registration', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ${pageSecretHeader} },
    body: JSON.stringify({ response: credential.toJSON(), name: 'found' }),
  });
  return { status: made.status, body: await made.json() };
})()`;

/** Leaves in the page's `asked` what its scripts ask the gateway for, as soon as they ask. */
const noteAsked = `
  window.asked = [];
  const fetched = window.fetch;
  window.fetch = (path, ...rest) => {
    window.asked.push(String(path).split('/').at(-1));
    return fetched(path, ...rest);
  };
`;

describe('a passkey in a browser', { skip: withoutChromium }, () => {
  const pages = pageSuite();
  let gateway: TestGateway;
  let script: string;
  before(async () => {
    const port = await freePort();
    // WebAuthn knows names, and no bare addresses.
    gateway = await startGateway(pages, {}, { port, publicUrl: `http://localhost:${port}` });
    script = await registering();
  });

  const register = (page: Page, name: string) =>
    page.evaluate(`${script}; settings.registerPasskey(${JSON.stringify(name)})`);
  const end = (page: Page, id: string, keep: readonly string[] = []) =>
    page.evaluate(`${script}; settings.endWayIn('${id}', ${JSON.stringify(keep)})`);
  const me = async (token: string) => (await gateway.call('GET', '/v1/me', { token })).body;
  const signOut = (page: Page) => page.context().clearCookies();
  const button = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' });

  test('is made in the settings, signs in where one wanted to go, and is taken away', async (t) => {
    const { token } = await gateway.person('member');
    const page = await signedIn(t, pages.browser, gateway, { token, path: '/settings' });
    await addDevice(page);
    await register(page, 'laptop');
    const [made] = (await me(token)).signIn.passkeys;
    assert.equal(made.name, 'laptop');
    assert.match(made.createdAt, /^\d{4}-\d\d-\d\dT.*Z$/);
    await assert.rejects(register(page, 'again'), /This device or key has a passkey for you already\./);

    await signOut(page);
    await page.goto(`${gateway.publicUrl}/login?next=${encodeURIComponent('/history?status=pending')}`);
    // The device offers its passkey at once where the browser fills fields in by itself; else the button asks for it.
    await Promise.race([
      page.waitForURL(/\/history\?status=pending$/),
      button(page)
        .click()
        .catch(() => undefined),
    ]);
    await page.waitForURL(/\/history\?status=pending$/);
    const cookies = await page.context().cookies();
    const session = cookies.find(({ name }) => name === 'assent.session_token');
    assert.deepEqual([session?.httpOnly, session?.sameSite], [true, 'Strict']);

    await assert.rejects(end(page, made.id), /This is the only way in which you sign in\./);
    await givePassword(page, 'correct horse battery');
    const { grants } = (await gateway.call('GET', '/v1/me/ways-in', { token })).body;
    const kept = grants.find(({ kind }: { kind: string }) => kind === 'password').id;
    await end(page, made.id, [kept]);
    assert.deepEqual((await me(token)).signIn.passkeys, []);
  });

  test('that the gateway no longer knows is refused in its own words', async (t) => {
    const { token } = await gateway.person('member');
    const page = await signedIn(t, pages.browser, gateway, { token, path: '/settings' });
    await addDevice(page);
    await register(page, 'lost');
    const [{ id }] = (await me(token)).signIn.passkeys;
    await givePassword(page, 'correct horse battery');
    await end(page, id);
    await signOut(page);
    await page.goto(`${gateway.publicUrl}/login`);
    await button(page)
      .click()
      .catch(() => undefined);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.equal(
      await alert.textContent(),
      'This passkey is not known here; perhaps it was removed. Sign in another way.',
    );
    assert.equal(new URL(page.url()).pathname, '/login');
  });

  test('that the e-mail field offers ends before the button asks: one challenge at a time', async (t) => {
    const { token } = await gateway.person('member');
    const page = await signedIn(t, pages.browser, gateway, { token, path: '/settings' });
    await addDevice(page);
    await register(page, 'offered');
    const [{ id }] = (await me(token)).signIn.passkeys;
    await givePassword(page, 'correct horse battery');
    await end(page, id);
    await signOut(page);
    await page.addInitScript(noteAsked);
    const asked = () => page.evaluate<string[]>('window.asked');
    // The offered passkey is on its way to the gateway when the button is pressed.
    const sent = Promise.withResolvers<void>();
    const pressed = Promise.withResolvers<void>();
    await page.route('**/verify-authentication', async (route) => {
      sent.resolve();
      await pressed.promise;
      await route.continue();
    });
    await page.goto(`${gateway.publicUrl}/login`);
    await sent.promise;
    await button(page).click();
    assert.deepEqual(await asked(), ['generate-authenticate-options', 'verify-authentication']);
    let answers = 0;
    const second = page.waitForResponse(
      (answer) => answer.url().endsWith('/verify-authentication') && ++answers === 2,
    );
    pressed.resolve();
    await second;
    await button(page).and(page.locator(':enabled')).waitFor();
    const alert = page.getByRole('alert');
    assert.equal(
      await alert.textContent(),
      'This passkey is not known here; perhaps it was removed. Sign in another way.',
    );
  });

  test('of a device that knows nobody is refused by the gateway, whatever the page asks of it', async (t) => {
    const { token } = await gateway.person('member');
    const page = await signedIn(t, pages.browser, gateway, { token, path: '/settings' });
    await addDevice(page, { knowsPerson: false });
    const answer = await page.evaluate(registeringUnverified);
    assert.deepEqual(answer, {
      status: 403,
      body: {
        error: {
          code: 'forbidden',
          message:
            'The passkey did not ask for a PIN, a fingerprint or a face. Set one up on the device or key, then try again.',
        },
      },
    });
    assert.deepEqual((await me(token)).signIn.passkeys, []);
  });

  test('is not offered by a browser without script, which is told that Assent needs it', async (t) => {
    const page = await strangersPage(t, pages.browser, { javaScriptEnabled: false });
    const { body } = await gateway.call('POST', '/v1/login-links', { token: gateway.ownerToken });
    await page.goto(`${gateway.publicUrl}/login`);
    assert.equal(await button(page).isVisible(), false);
    assert.equal(await page.getByRole('button', { name: 'Sign in', exact: true }).isVisible(), true);
    await page.goto(body.link);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    assert.match(await page.content(), /<noscript>.*Assent needs JavaScript from here on\./);
  });
});
