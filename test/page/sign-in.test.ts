import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import axe from 'axe-core';
import { Secret } from '../../src/lib/secret.ts';
import { type OidcPeer, startOidc } from '../peers/oidc.ts';
import { withoutChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { pageSecretHeader, pageSuite, signedIn, strangersPage, whoIsIn } from '../support/page.ts';

describe('signing in with a browser', { skip: withoutChromium }, () => {
  const pages = pageSuite();
  let gateway: TestGateway;
  let peer: OidcPeer;
  before(async () => {
    peer = await startOidc();
    pages.after(() => peer.close());
    const { issuer, clientId, clientSecret } = peer;
    const port = await freePort();
    // `localhost` and the provider's 127.0.0.1 are two sites to a browser.
    gateway = await startGateway(
      pages,
      {},
      {
        port,
        publicUrl: `http://localhost:${port}`,
        oidc: { issuer, clientId, clientSecret: new Secret(clientSecret), name: 'Acme' },
      },
    );
    peer.serve(gateway.publicUrl);
    peer.state.people['id-ann'] = { email: 'ann@example.com', email_verified: true };
    await join('ann@example.com');
  });

  /** By an invitation: the address is theirs. */
  async function join(email: string): Promise<void> {
    const { body } = await gateway.call('POST', '/v1/members', {
      token: gateway.ownerToken,
      body: { email, role: 'member' },
    });
    const token = new URL(body.link).searchParams.get('token') ?? '';
    const { status } = await gateway.call('POST', '/invite', {
      raw: new URLSearchParams({ token, name: 'Somebody', password: 'correct horse battery' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: gateway.publicUrl },
    });
    assert.equal(status, 200);
  }

  test('a link that is opened on another site asks before it takes somebody’s place', async (t) => {
    const page = await signedIn(t, pages.browser, gateway, { path: '/history' });
    const { token } = await gateway.person('member');
    const other = (await gateway.call('GET', '/v1/me', { token })).body.user.email;
    const { body } = await gateway.call('POST', '/v1/login-links', { token });
    // 127.0.0.1 is another site, so that the page comes without the cookie of who is signed in.
    await page.goto(`${peer.issuer}/.well-known/openid-configuration`);
    await page.evaluate(`location.assign(${JSON.stringify(body.link)})`);
    await page.getByText(`This link signs you in as ${other} on this browser, once.`).waitFor();
    assert.equal(await page.getByText('Somebody else').isVisible(), false);
    const button = page.getByRole('button', { name: 'Sign in', exact: true });
    await button.click();
    await page.getByText('Somebody else is signed in on this browser.').waitFor();
    assert.equal(await whoIsIn(page), 'owner@assent.local');
    await button.click();
    await page.waitForURL((url) => url.pathname !== '/login');
    assert.equal(await whoIsIn(page), other);
  });

  for (const javaScriptEnabled of [true, false]) {
    test(`a provider on another site signs in, or the page says that it takes script: ${javaScriptEnabled}`, async (t) => {
      peer.state.signsIn = 'id-ann';
      const page = await strangersPage(t, pages.browser, { javaScriptEnabled });
      await page.goto(`${gateway.publicUrl}/login?next=/history`);
      await page.getByRole('button', { name: 'Sign in with Acme' }).click();
      if (javaScriptEnabled) {
        await page.waitForURL(`${gateway.publicUrl}/history`);
        assert.equal(await whoIsIn(page), 'ann@example.com');
      } else {
        await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
        assert.match(await page.content(), /Assent needs JavaScript from here on\./);
      }
      const cookies = await page.context().cookies(gateway.publicUrl);
      const own = cookies.map(({ name, sameSite }) => [name, sameSite]);
      assert.deepEqual(
        own.filter(([name]) => name !== 'assent.passkey'),
        [['assent.session_token', 'Strict']],
      );
    });
  }

  test('who is turned away reads why, on the login page', async (t) => {
    peer.state.signsIn = 'nobody';
    const page = await strangersPage(t, pages.browser);
    await page.goto(`${gateway.publicUrl}/login`);
    await page.getByRole('button', { name: 'Sign in with Acme' }).click();
    await page.waitForURL(/\/login\?problem=stranger$/);
    assert.match(
      (await page.getByRole('alert').first().textContent()) ?? '',
      /^No account here is connected/,
    );
    assert.equal(await whoIsIn(page), 401);
  });

  test('a person connects their account, and comes back to the settings signed in', async (t) => {
    const { token } = await gateway.person('member');
    peer.state.people.other = { email: 'other@elsewhere.example' };
    peer.state.signsIn = 'other';
    const page = await signedIn(t, pages.browser, gateway, { token, path: '/settings' });
    const url = await page.evaluate<string>(`fetch('/v1/me/oidc', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ${pageSecretHeader} },
      body: '{"next":"/settings"}',
    }).then(async (answer) => (await answer.json()).url)`);
    await page.goto(url);
    await page.getByRole('heading', { name: 'Connect this account?' }).waitFor();
    await page.getByText('other@elsewhere.example').waitFor();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.waitForURL(`${gateway.publicUrl}/settings`);
    const { body } = await gateway.call('GET', '/v1/me', { token });
    assert.deepEqual(body.signIn.oidc, { name: 'Acme', isConnected: true });

    // A link shows nothing of who comes by it, now that they have something else.
    const later = await signedIn(t, pages.browser, gateway, { token, path: '/settings' });
    const make = async () => {
      await later.getByRole('button', { name: 'Create a token' }).click();
      const form = later.getByRole('dialog', { name: 'Create a token' });
      await form.getByRole('textbox', { name: 'Name' }).fill('build server');
      await form.getByRole('button', { name: 'Create' }).click();
    };
    await make();
    await later.getByRole('button', { name: 'Confirm with Acme, then do it again' }).click();
    await later.waitForURL(`${gateway.publicUrl}/settings`);
    await make();
    await later.getByRole('dialog', { name: 'The token is made' }).waitFor();
  });

  const link = async (): Promise<string> =>
    (await gateway.call('POST', '/v1/login-links', { token: gateway.ownerToken })).body.link;

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the login page is readable by everybody, ${colorScheme} and on a phone`, async (t) => {
      const page = await strangersPage(t, pages.browser, {
        colorScheme,
        viewport: { width: 390, height: 844 },
      });
      for (const path of [
        '/login',
        '/login?problem=stale',
        '/login?token=x',
        await link(),
        '/invite?token=x',
      ]) {
        await page.goto(new URL(path, gateway.publicUrl).href);
        const found = await page.evaluate(
          `${axe.source}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))`,
        );
        assert.deepEqual(found, [], path);
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`);
      }
    });
  }
});
