// The parts of the settings that take an admin.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { startMcpPeer, startRawPeer } from '../peers/mcp.ts';
import { withoutChromium } from '../support/chromium.ts';
import { pressOn, tabTo, typeInto } from '../support/keyboard.ts';
import {
  isSentToSignIn,
  narrow,
  type PageGateway,
  pageSecretKey,
  pageSuite,
  strangersPage,
} from '../support/page.ts';
import { poll } from '../support/poll.ts';
import { tracesOf } from '../support/traces.ts';

describe('the settings of an organization', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  const settings = (gateway: PageGateway, part: string, options = {}) =>
    gateway.signedIn({ path: `/settings/${part}`, ...options });

  test('a secret is set, replaced and deleted by the keyboard, and never shown, at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    const peer = await startMcpPeer();
    gateway.end.after(() => peer.close());
    const page = await settings(gateway, 'you', { viewport: narrow });
    await pressOn(page.getByRole('link', { name: 'Secrets' }));
    await pressOn(page.getByRole('button', { name: 'Set a secret' }));
    const value = () => page.getByRole('dialog').getByLabel('Value');
    await typeInto(page.getByRole('textbox', { name: 'Key' }), 'NOTES_TOKEN');
    await typeInto(value(), 'the first value');
    assert.deepEqual(await tracesOf(page, 'the first value'), ['fields']);
    assert.equal(await value().getAttribute('type'), 'password');
    await page.keyboard.press('Enter');
    await page.getByText('Kept NOTES_TOKEN.').waitFor();

    const auth = { type: 'bearer', secretKey: 'NOTES_TOKEN' };
    const transport = { type: 'http', url: peer.url };
    const { connector } = (await gateway.admin('POST', '/v1/connectors', { name: 'notes', transport, auth }))
      .body;
    const { token, id } = gateway.agent;
    const readNote = () =>
      gateway.call('POST', `/v1/sessions/${id}/actions/invoke`, {
        token,
        body: { sourceId: connector.sourceId, actionId: 'read_note', params: { id: 'monday' } },
      });
    assert.equal((await readNote()).status, 200);
    assert.equal(peer.state.headers.authorization, 'Bearer the first value');

    await pressOn(page.getByRole('button', { name: 'Replace NOTES_TOKEN' }));
    await page.getByRole('dialog', { name: 'Replace NOTES_TOKEN' }).waitFor();
    assert.equal(await value().inputValue(), '');
    await typeInto(value(), 'short');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await typeInto(value(), 'the second value');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Secrets' }).getByText(', replaced just now').waitFor();
    assert.equal((await readNote()).status, 200);
    assert.equal(peer.state.headers.authorization, 'Bearer the second value');
    await page.reload();
    await page.getByRole('list', { name: 'Secrets' }).waitFor();
    for (const text of ['the first value', 'the second value'])
      assert.deepEqual(await tracesOf(page, text), []);

    await pressOn(page.getByRole('button', { name: 'Delete NOTES_TOKEN' }));
    await pressOn(page.getByRole('dialog').getByRole('button', { name: 'Delete' }));
    await page.getByText('No secrets are kept.').waitFor();
    assert.deepEqual((await gateway.admin('GET', '/v1/secrets')).body.secrets, []);
    assert.notEqual((await readNote()).status, 200);
  });

  test('somebody joins by a link, becomes admin, and is shut out when removed', async (t) => {
    const gateway = await pages.organization(t);
    const page = await settings(gateway, 'members');
    await pressOn(page.getByRole('button', { name: 'Invite' }));
    await typeInto(page.getByRole('textbox', { name: 'E-mail address' }), 'kim@example.com');
    await pressOn(page.getByRole('button', { name: 'Make a link' }));
    const made = page.getByRole('dialog', { name: 'The invitation is made' });
    const link = await made.getByRole('textbox', { name: 'Link' }).inputValue();
    await pressOn(made.getByRole('button', { name: 'Done' }));
    await made.waitFor({ state: 'detached' });
    const secret = new URL(link).searchParams.get('token') ?? assert.fail(link);
    assert.deepEqual(await tracesOf(page, secret), []);
    const open = page.getByRole('list', { name: 'Open invitations' }).getByRole('listitem');
    await open.filter({ hasText: 'kim@example.com' }).getByText('member').waitFor();

    const theirs = await strangersPage(gateway.end, pages.browser);
    await theirs.goto(link);
    await theirs.getByRole('textbox', { name: 'Your name' }).fill('Kim');
    await theirs.getByLabel('A new password').fill('correct horse battery');
    await theirs.getByRole('button', { name: 'Join' }).click();
    await theirs.waitForURL(`${gateway.publicUrl}/inbox`);
    await theirs.getByText('Nothing waits', { exact: true }).waitFor();
    await theirs.goto(`${gateway.publicUrl}/settings/members`);
    await theirs.getByText('Members: this takes an admin').waitFor();
    const members = async () =>
      (await gateway.admin('GET', '/v1/members')).body.members.map(
        ({ email, role }: { email: string; role: string }) => [email, role],
      );
    const owner = [gateway.email, 'owner'];
    assert.deepEqual(await members(), [owner, ['kim@example.com', 'member']]);

    await page.reload();
    await pressOn(page.getByRole('combobox', { name: 'Role of kim@example.com' }), 'ArrowDown');
    assert.deepEqual(await members(), [owner, ['kim@example.com', 'member']]);
    await pressOn(page.getByRole('button', { name: 'Make kim@example.com admin' }));
    await page.getByText('kim@example.com is now admin.').waitFor();
    assert.deepEqual(await members(), [owner, ['kim@example.com', 'admin']]);
    await theirs.reload();
    await theirs.getByRole('list', { name: 'Members' }).getByText(gateway.email).waitFor();
    assert.equal(await theirs.getByRole('combobox', { name: `Role of ${gateway.email}` }).isDisabled(), true);

    const pageSecret = await theirs.evaluate<string>(`localStorage.getItem('${pageSecretKey}')`);
    await pressOn(page.getByRole('button', { name: 'Remove kim@example.com' }));
    await pressOn(page.getByRole('dialog').getByRole('button', { name: 'Remove' }));
    await page.getByText('Removed kim@example.com.').waitFor();
    assert.deepEqual(await members(), [owner]);
    // As their browser asks, but not from within the page, which may be on its way to the login page.
    const headers = { 'x-assent-page': pageSecret };
    const refused = await theirs.context().request.get(`${gateway.publicUrl}/v1/me`, { headers });
    assert.equal((await refused.json()).error.code, 'unauthenticated');
    await isSentToSignIn(theirs, /\/login\?next=/, () =>
      theirs.getByRole('link', { name: 'History' }).click(),
    );
  });

  test('an invitation that is taken back lets nobody in, and the last owner stays', async (t) => {
    const gateway = await pages.organization(t);
    const { link } = (await gateway.admin('POST', '/v1/members', { email: 'kim@example.com' })).body;
    const page = await settings(gateway, 'members');
    await pressOn(page.getByRole('button', { name: 'Take back the invitation of kim@example.com' }));
    await pressOn(page.getByRole('dialog').getByRole('button', { name: 'Take back' }));
    await page.getByText('There are none.').waitFor();
    await pressOn(page.getByRole('combobox', { name: `Role of ${gateway.email}` }), 'ArrowUp');
    await pressOn(page.getByRole('button', { name: `Make ${gateway.email} admin` }));
    const lastOwner = 'This is the last owner. Make somebody else an owner first.';
    await page.getByRole('alert').getByText(lastOwner, { exact: true }).waitFor();
    const { body } = await gateway.admin('GET', '/v1/members');
    assert.deepEqual([body.members[0].role, body.invitations], ['owner', []]);
    await page.goto(link);
    await page.getByText('This invitation was used already, or is over. Ask for a new one.').waitFor();
  });

  test('a webhook is told, signed with the secret that is shown once, until it is removed', async (t) => {
    const gateway = await pages.organization(t);
    const heard: { headers: Record<string, unknown>; text: string }[] = [];
    const peer = await startRawPeer((request, response, body) => {
      heard.push({ headers: request.headers, text: JSON.stringify(body) });
      response.writeHead(204).end();
    });
    gateway.end.after(() => peer.close());
    const page = await settings(gateway, 'notifications');
    await pressOn(page.getByRole('button', { name: 'Add' }));
    const form = page.getByRole('dialog', { name: 'Tell somebody' });
    await pressOn(form.getByRole('combobox', { name: 'Where' }), 'ArrowDown');
    await typeInto(form.getByRole('textbox', { name: 'URL' }), peer.url);
    await page.keyboard.press('Enter');
    const added = page.getByRole('dialog', { name: 'It is told from now on' });
    const secret = await added.getByRole('textbox', { name: 'Signing secret' }).inputValue();
    assert.match(secret, /^whsec_[\w-]{43}$/);
    await pressOn(added.getByRole('button', { name: 'Done' }));
    await added.waitFor({ state: 'detached' });
    assert.deepEqual(await tracesOf(page, secret), []);

    const id = await gateway.askToWrite('report.txt');
    const [one] = await poll('a delivery', () => heard.length > 0 && heard);
    assert.ok(one);
    assert.equal(JSON.parse(one.text).payload.invocation.id, id);
    const { 'assent-timestamp': at, 'assent-signature': signature } = one.headers;
    const expected = createHmac('sha256', secret)
      .update(`${String(at)}.${one.text}`)
      .digest('hex');
    assert.equal(signature, `v1=${expected}`);
    await poll('its end', async () => {
      const [delivery] = (await gateway.admin('GET', '/v1/notifications/deliveries')).body.deliveries;
      return delivery?.status === 'delivered';
    });
    await pressOn(page.getByRole('button', { name: 'Read again' }));
    const row = page.getByRole('list', { name: 'Deliveries' }).getByRole('listitem');
    await row.getByText('Delivered', { exact: true }).waitFor();
    assert.ok((await row.innerText()).includes(`${peer.url}\nDelivered\njust now, one attempt`));

    await pressOn(page.getByRole('button', { name: `Remove ${peer.url}` }));
    await pressOn(page.getByRole('dialog').getByRole('button', { name: 'Remove' }));
    await page.getByText('Nobody is told.').waitFor();
    await gateway.askToWrite('second.txt');
    assert.deepEqual((await gateway.admin('GET', '/v1/notifications')).body.notifications, []);
    assert.equal(heard.length, 1);
    await tabTo(page.getByRole('link', { name: `Show the request ${id.slice(-6)}` }));
    await page.keyboard.press('Enter');
    await page.waitForURL(`${gateway.publicUrl}/history/${id}`);
  });

  test('a member is not led there, and reads by whom it is done, at 390 px', async (t) => {
    const gateway = await pages.organization(t);
    const { token } = await gateway.person('member');
    const refused: string[] = [];
    const page = await settings(gateway, 'you', { token, viewport: narrow });
    page.on('response', (answer) => answer.status() >= 400 && refused.push(answer.url()));
    const parts = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    await parts.first().waitFor();
    assert.deepEqual(await parts.allInnerTexts(), ['You', 'This browser', 'Your agents', 'About']);
    for (const [part, name] of Object.entries({
      members: 'Members',
      secrets: 'Secrets',
      notifications: 'Notifications',
    })) {
      await page.goto(`${gateway.publicUrl}/settings/${part}`);
      await page.getByText(`${name}: this takes an admin`).waitFor();
      await page.getByText('You are a member of').waitFor();
      assert.equal(await page.getByRole('main').getByRole('button').count(), 0, part);
    }
    assert.deepEqual(refused, []);
  });
});
