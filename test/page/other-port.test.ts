// A cookie knows no port: whatever an agent starts on the gateway's host gets the cookie of whoever looks at it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withoutChromium } from '../support/chromium.ts';
import type { Cleanup } from '../support/cleanup-stack.ts';
import { refusedUpgrade } from '../support/events.ts';
import { type Answer, assertRefused } from '../support/gateway.ts';
import { otherSite } from '../support/other-site.ts';
import { type PageGateway, pageSecretKey, pageSuite } from '../support/page.ts';

/** An agent's server: it keeps what browsers send it. */
async function previewServer(t: Cleanup): Promise<{ readonly url: string; readonly cookies: string[] }> {
  const cookies: string[] = [];
  const url = await otherSite(t, ({ headers }, response) => {
    if (headers.cookie !== undefined) cookies.push(headers.cookie);
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Preview</h1>');
  });
  return { url, cookies };
}

describe('a server on another port of the gateway’s host', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  /** Everything that the thief tries, by what it is called; each gives the gateway's answer. */
  const attempts = (gateway: PageGateway, headers: Record<string, string>, waits: Waits) => {
    const send = (method: string, path: string, body?: unknown) =>
      gateway.call(method, path, { headers, ...(body !== undefined && { body }) });
    const approve = `/v1/sessions/${gateway.agent.id}/actions/invocations/${waits.id}/approve`;
    return {
      'reads who is signed in': () => send('GET', '/v1/me'),
      'reads the history': () => send('GET', '/v1/invocations/export'),
      'makes a token': () => send('POST', '/v1/tokens', { name: 'stolen' }),
      'makes a link': () => send('POST', '/v1/login-links'),
      'asks for a ticket': () => send('POST', '/v1/events/tickets', {}),
      'lets a command line in': () =>
        send('POST', `/v1/device/${waits.userCode}/decision`, { decision: 'approve' }),
      approves: () => send('POST', approve, {}),
      'sets a password': () => send('PUT', '/v1/me/password', { password: 'the password of a thief' }),
    } satisfies Record<string, () => Promise<Answer>>;
  };

  interface Waits {
    readonly id: string;
    readonly userCode: string;
  }

  for (const way of ['a link that is followed', 'a picture that a page loads'] as const) {
    test(`gets the cookie by ${way}, and can do nothing with it`, async (t) => {
      const gateway = await pages.organization(t);
      const preview = await previewServer(gateway.end);
      const page = await gateway.signedIn({ mayComplain: /ERR_BLOCKED_BY_ORB/ });
      if (way === 'a link that is followed') await page.goto(preview.url);
      else {
        const site = await previewServer(gateway.end);
        await page.goto(site.url);
        await page.setContent(`<img src="${preview.url}picture.png">`, { waitUntil: 'load' });
      }
      const [cookie = ''] = preview.cookies;
      assert.match(cookie, /assent\.session_token=/);

      const code = (await gateway.call('POST', '/v1/device/code')).body;
      const waits = { id: await gateway.askToWrite('waits.txt'), userCode: code.userCode };
      // A server sends whatever headers it likes; a secret of another session, which the thief has signed in to, is one more guess.
      const origin = gateway.publicUrl;
      const stranger = await gateway.signedIn({ token: (await gateway.person('admin')).token });
      const own = await stranger.evaluate<string>(`localStorage.getItem('${pageSecretKey}')`);
      for (const guess of ['', 'x'.repeat(43), own]) {
        const headers = { cookie, origin, 'x-assent-page': guess };
        for (const [what, attempt] of Object.entries(attempts(gateway, headers, waits))) {
          const answer = await attempt();
          assert.deepEqual([answer.status, answer.body.error?.code], [401, 'unauthenticated'], what);
        }
      }
      const upgrade = await refusedUpgrade(gateway.address, '/v1/events', { headers: { cookie, origin } });
      assertRefused(upgrade, 401, 'unauthenticated', /^Send a token as/);
      assert.equal((await gateway.admin('GET', '/v1/tokens')).body.tokens.length, 1);
      const shown = await gateway.admin('GET', `/v1/invocations/${waits.id}`);
      assert.equal(shown.body.invocation.status, 'pending');
      const poll = { deviceCode: code.deviceCode, name: 'laptop' };
      assert.deepEqual((await gateway.call('POST', '/v1/device/token', { body: poll })).body, {
        status: 'pending',
      });

      // The second secret is what makes the difference: with it, each of these is done.
      await page.goto(`${gateway.publicUrl}/inbox`);
      const secret = await page.evaluate<string>(`localStorage.getItem('${pageSecretKey}')`);
      const headers = { cookie, origin, 'x-assent-page': secret };
      for (const [what, attempt] of Object.entries(attempts(gateway, headers, waits)))
        assert.ok((await attempt()).status < 300, what);
    });
  }

  test('reads no secret from a page of its own, nor from what the browser sends it', async (t) => {
    const gateway = await pages.organization(t);
    const preview = await previewServer(gateway.end);
    const page = await gateway.signedIn();
    const secret = await page.evaluate<string>(`localStorage.getItem('${pageSecretKey}')`);
    await page.goto(preview.url);
    assert.equal(await page.evaluate(`localStorage.getItem('${pageSecretKey}')`), null);
    const sent = JSON.stringify([preview.cookies, await page.context().cookies()]);
    assert.equal(sent.includes(secret), false);
  });
});
