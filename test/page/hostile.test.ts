import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withoutChromium } from '../support/chromium.ts';
import { pageSuite } from '../support/page.ts';
import { populated, type Writing } from '../support/populated.ts';

/** What would run in a page that took it for markup, for an address, for code, or for a template. */
const markup = '<img src=x onerror="pwned=1"><svg/onload=pwned=1>';
const hostile = (what: string) =>
  `${what} ${markup}</script><script>pwned=1</script>"'><a href="javascript:pwned=1">x</a>{{constructor.constructor('pwned=1')()}}\u202e`;

const tool = {
  description: hostile('tool'),
  inputSchema: {
    type: 'object',
    title: hostile('schema'),
    properties: {
      id: { type: 'string', description: hostile('parameter') },
      [`"${markup}`]: { type: 'string', description: markup },
    },
  },
};

const hostileWriting: Writing = {
  // A name has at most 100 characters.
  name: (what) => `${what} ${markup}`,
  text: hostile,
  tools: [
    { ...tool, name: `read_note${markup.replaceAll(' ', '/')}`, annotations: { readOnlyHint: true } },
    { ...tool, name: 'javascript:pwned=1', annotations: { destructiveHint: true } },
  ],
  result: () => ({
    content: [{ type: 'text', text: hostile('result') }],
    structuredContent: { [markup]: markup },
  }),
};

/** What was opened is shown by then. */
const twoFrames = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

describe('what others write is shown, and never obeyed', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  test('on every screen', async (t) => {
    const { gateway, notes, automationId, sessionId, completedId, pendingId } = await populated(
      await pages.gateway(t),
      hostileWriting,
    );
    // One that has been reviewed and has changed, so that it is compared.
    const { connectors } = (await gateway.admin('GET', '/v1/connectors')).body;
    const { id } = connectors.find(({ name }: { name: string }) => name.startsWith('notes'));
    const [read, destroy] = hostileWriting.tools;
    await gateway.admin(
      'PUT',
      `/v1/connectors/${id}/tools/${encodeURIComponent(String(read?.['name']))}`,
      {},
    );
    notes.state.tools = [{ ...read, inputSchema: { type: 'object', properties: { [markup]: {} } } }, destroy];
    const { invocations } = (await gateway.admin('GET', '/v1/invocations')).body;

    const page = await gateway.signedIn();
    page.on('dialog', (dialog) => assert.fail(`a dialog opened: ${dialog.message()}`));
    await page.addInitScript("addEventListener('securitypolicyviolation', () => { pwned = 'tried' })");
    /** Screens, and the text that has come when they have everything. */
    const paths: [path: string, shows: string][] = [
      ['/inbox', '<img'],
      [`/inbox/${pendingId}`, '<img'],
      ['/history', '<img'],
      [`/history?text=${encodeURIComponent(hostile('search'))}`, 'History'],
      ...invocations.map(({ id }: { id: string }): [string, string] => [`/history/${id}`, '<img']),
      [`/history/${completedId}`, 'result <img'],
      ['/sources', 'tool <img'],
      ['/automations', '<img'],
      [`/automations/${automationId}`, 'tool <img'],
      ['/sessions', '<img'],
      [`/sessions/${sessionId}`, '<img'],
      ['/settings/preferences', '<img'],
      ['/settings/members', 'kim@example.com'],
      ['/settings/you', '<img'],
      ['/settings/notifications', 'http://127.0.0.1:9/hook'],
      ['/settings/about', '<img'],
      [`/settings/${encodeURIComponent(markup)}`, 'Settings'],
      [`/inbox/${encodeURIComponent(markup)}`, 'Inbox'],
    ];
    for (const [path, shows] of paths) {
      await page.goto(gateway.publicUrl + path);
      const shown = page.getByText(shows).filter({ visible: true }).first();
      await shown.waitFor().catch(() => assert.fail(`${path} does not show ${shows}`));
      // As they stand now, all of them: opening one may cover the next, or take it away, and changes what the selector finds.
      for (const fold of await page.locator('summary, [aria-expanded="false"]').elementHandles())
        await fold.dispatchEvent('click');
      await page.evaluate(twoFrames);
      assert.equal(await page.evaluate('globalThis.pwned'), undefined, path);
      assert.equal(await page.locator('img, svg[onload], a[href^="javascript:"]').count(), 0, path);
      // What turns text around stands there by name, and not as itself.
      assert.doesNotMatch(await page.locator('body').innerText(), /\u202e/, path);
    }
  });
});
