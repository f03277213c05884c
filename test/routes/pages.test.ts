import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { engines } from '../support/databases.ts';
import { assertRefused } from '../support/gateway.ts';
import { scriptedAction, scriptedSource } from '../support/scripted-source.ts';
import { assertPage, browserOn } from './browser.ts';

for (const engine of engines) {
  describe(`what people see on ${engine.name}`, { skip: engine.skip }, () => {
    const source = scriptedSource('<img src=x onerror=alert(1)>');
    const { here, post, get, signIn, invite } = browserOn(engine, [source.kind]);

    describe('the pages', () => {
      test('show what waits, and to members of the organization only', async () => {
        const cookie = await signIn();
        for (const path of ['/', '/inbox']) {
          assertPage(await get(path, cookie), 200, 'No approvals are waiting.');
        }
        const session = await here().session();
        const path = `/v1/sessions/${session.id}/actions/invoke`;
        const body = {
          sourceId: '<img src=x onerror=alert(1)>',
          actionId: 'change',
          params: { text: 'hello' },
        };
        const asked = await here().call('POST', path, { token: session.token, body });
        assert.equal(asked.status, 202);
        const { id } = asked.body.invocation;
        assertPage(await get('/', cookie), 200, `assent inbox approve ${id}`);
        const stranger = await here().person('owner', await here().organization());
        assertPage(await get('/', await signIn(stranger.token)), 200, 'No approvals are waiting.');
      });

      test('hold no markup that comes from an agent, a server or an address', async () => {
        const script = '</pre></h2><script>alert("x")</script>\'&amp;';
        source.actions = [scriptedAction(script, { default: 'write' })];
        const session = await here().session();
        const body = { sourceId: '<img src=x onerror=alert(1)>', actionId: script, params: { text: script } };
        const path = `/v1/sessions/${session.id}/actions/invoke`;
        assert.equal((await here().call('POST', path, { token: session.token, body })).status, 202);
        const home = await get('/', await signIn());
        assert.equal(home.status, 200);
        // As the heading, and within the JSON of the params.
        const escaped =
          '&lt;/pre&gt;&lt;/h2&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;amp;';
        assert.ok(home.body.includes(`<h2>&lt;img src=x onerror=alert(1)&gt;:${escaped}</h2>`), home.body);
        assert.ok(home.body.includes(escaped.replaceAll('&quot;', '\\&quot;')), home.body);
        const attribute = '"><script>alert(1)</script>';
        const login = await get(`/login?token=${encodeURIComponent(attribute)}&next=/%3Cscript%3E`);
        const token = await invite("o'brien@example.com");
        const joining = await get(`/invite?token=${token}`);
        assert.ok(joining.body.includes('o&#39;brien@example.com'), joining.body);
        const device = await get(`/device?user_code=${encodeURIComponent(attribute)}`, await signIn());
        assertRefused(device, 400, 'invalid_request', /^The query is not valid at \/user_code: /);
        assert.match(device.headers.get('content-type') ?? '', /^application\/json/);
        const refused = await post('/login', { email: attribute, password: attribute, next: attribute });
        for (const page of [home, login, joining, refused]) {
          assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
          assert.doesNotMatch(page.body, /<script|<img/);
        }
      });
    });
  });
}
