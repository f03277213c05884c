import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withoutChromium } from '../support/chromium.ts';
import type { Cleanup } from '../support/cleanup-stack.ts';
import { pressOn, typeInto } from '../support/keyboard.ts';
import { announced, type PageGateway, pageSuite } from '../support/page.ts';
import { startVendor, type VendorPeer } from '../support/provider-cases.ts';
import { tracesOf } from '../support/traces.ts';

describe('connecting a provider', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  async function withLinear(t: Cleanup): Promise<{ gateway: PageGateway; vendor: VendorPeer }> {
    const gateway = await pages.organization(t);
    const vendor = await startVendor.linear();
    gateway.end.after(() => vendor.close());
    return { gateway, vendor };
  }

  const integrations = async (gateway: PageGateway): Promise<unknown[]> =>
    (await gateway.admin('GET', '/v1/integrations')).body.integrations;

  /** What an agent that has just come gets when it asks for the teams. */
  const teams = async (gateway: PageGateway) => {
    const { id, token } = await gateway.session();
    const body = { sourceId: 'linear', actionId: 'list_teams', params: {} };
    return gateway.call('POST', `/v1/sessions/${id}/actions/invoke`, { token, body });
  };

  test('a provider is connected by a token that goes to the vendor alone', async (t) => {
    const { gateway, vendor } = await withLinear(t);
    const page = await gateway.signedIn({ path: '/sources' });
    const bodies: string[] = [];
    page.on('response', (answer) => {
      if (answer.url().includes('/v1/'))
        void answer.text().then(
          (text) => bodies.push(text),
          () => undefined,
        );
    });
    await pressOn(page.getByRole('button', { name: 'Connect Linear' }));
    const dialog = page.getByRole('dialog', { name: 'Connect Linear' });
    assert.equal(await dialog.getByLabel('Token').getAttribute('type'), 'password');
    await typeInto(dialog.getByLabel('Token'), vendor.token);
    const address = dialog.getByLabel('Base URL');
    await typeInto(address, 'https://me:pass@linear.example');
    await page.keyboard.press('Enter');
    const refused = await gateway.call('PUT', '/v1/integrations/linear', {
      token: gateway.ownerToken,
      body: { token: vendor.token, baseUrl: 'https://me:pass@linear.example' },
    });
    assert.equal(refused.status, 400);
    await dialog.getByRole('alert').getByText(refused.body.error.message).waitFor();
    assert.deepEqual(await integrations(gateway), []);
    await typeInto(address, vendor.url);
    await announced(page, 'Linear is set up.', () => page.keyboard.press('Enter'));
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 3, name: 'list_teams' }).waitFor();
    assert.equal((await teams(gateway)).status, 200);
    assert.equal(vendor.requests.at(-1)?.headers.authorization, vendor.token);
    assert.deepEqual(await tracesOf(page, vendor.token), []);
    await page.reload();
    await page.getByRole('heading', { level: 3, name: 'list_teams' }).waitFor();
    assert.deepEqual(await tracesOf(page, vendor.token), []);
    assert.ok(bodies.length > 0);
    assert.equal(
      bodies.some((body) => body.includes(vendor.token)),
      false,
    );
  });

  test('its token is replaced, and removed', async (t) => {
    const { gateway, vendor } = await withLinear(t);
    const body = { token: vendor.token, baseUrl: vendor.url };
    await gateway.admin('PUT', '/v1/integrations/linear', body);
    const page = await gateway.signedIn({ path: '/sources' });
    await page.getByRole('button', { name: 'Replace token of Linear' }).click();
    const replacing = page.getByRole('dialog', { name: 'Replace the token of Linear' });
    assert.equal(await replacing.getByLabel('Token').inputValue(), '');
    assert.equal(await replacing.getByLabel('Base URL').inputValue(), vendor.url);
    await replacing.getByLabel('Token').fill('lin_api_certainly_wrong');
    await announced(page, 'Linear has another token.', () =>
      replacing.getByRole('button', { name: 'Replace' }).click(),
    );
    assert.equal((await teams(gateway)).status, 502);
    await page.getByRole('button', { name: 'Remove Linear' }).click();
    const question = page.getByRole('dialog', { name: 'Remove Linear?' });
    await question.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Connect Linear' }).waitFor();
    assert.deepEqual(await integrations(gateway), []);
    assert.equal((await teams(gateway)).body.error.code, 'unknown_action');
  });
});
