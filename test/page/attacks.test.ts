// What the page loads, and what another page in the same browser cannot do with it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { webRoot } from '../../src/main/web-root.ts';
import { withoutChromium } from '../support/chromium.ts';
import type { Cleanup } from '../support/cleanup-stack.ts';
import { otherSite } from '../support/other-site.ts';
import { type PageGateway, pageSuite, strangersPage, whoIsIn } from '../support/page.ts';
import { poll } from '../support/poll.ts';

/** Bytes as they travel: what the build lets the first view weigh. */
const mostFirstView = 200_000;

/** Somebody else's site, on a port of its own: the browser takes it for the same site, and sends the cookie along. */
async function somebodysSite(t: Cleanup): Promise<{ readonly url: string; shows(html: string): void }> {
  let shown = '';
  const url = await otherSite(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html>${shown}`);
  });
  return {
    url,
    shows: (html) => {
      shown = html;
    },
  };
}

describe('the page keeps to itself', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  test('its first view is what the build says, compressed, and all of it the gateway’s', async (t) => {
    const gateway = await pages.organization(t);
    const page = await gateway.signedIn();
    await page.getByText('Nothing waits', { exact: true }).waitFor();
    // Another browser of theirs, which has loaded nothing yet.
    const storageState = await page.context().storageState();
    const first = await strangersPage(gateway.end, pages.browser, { storageState });
    const asked: string[] = [];
    const sizes: Promise<number>[] = [];
    const sockets: string[] = [];
    first.on('requestfinished', (request) => {
      asked.push(request.url());
      const isFile = /\/assets\/|\/inbox$/.test(request.url());
      if (isFile) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    first.on('websocket', (socket) => sockets.push(socket.url()));
    await first.goto(`${gateway.publicUrl}/inbox`, { waitUntil: 'networkidle' });
    await first.getByText('Nothing waits', { exact: true }).waitFor();

    const here = `${gateway.publicUrl}/`;
    assert.deepEqual(
      asked.filter((url) => !url.startsWith(here)),
      [],
    );
    assert.deepEqual(sockets, [`${here.replace('http', 'ws')}v1/events`]);
    const document = readFileSync(join(webRoot(), 'index.html'), 'utf8');
    const named = [...document.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    const files = asked.map((url) => new URL(url).pathname).filter((path) => path.startsWith('/assets/'));
    const isIcon = (path: string) => path.endsWith('.svg');
    assert.deepEqual(
      files.filter((path) => !isIcon(path)).toSorted(),
      named.filter((path) => !isIcon(path)).toSorted(),
    );
    const weight = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    assert.ok(weight > 50_000 && weight <= mostFirstView, `${weight} bytes`);
  });

  test('a script that somebody has put into the document does not run', async (t) => {
    const gateway = await pages.organization(t);
    // A document that has been tampered with is from nowhere, and connects to nothing.
    const mayComplain = /Content Security Policy|TrustedHTML|WebSocket/;
    const page = await gateway.signedIn({ mayComplain });
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    const injected = [
      '<script>window.ran = true</script>',
      '<img src="/nothing" onerror="window.ran = true">',
      '<script src="https://evil.example/x.js"></script>',
      '<base href="https://evil.example/">',
    ];
    await page.route('**/inbox', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('<body>', `<body>${injected.join('')}`);
      await route.fulfill({ response: answer, body });
    });
    await page.reload();
    await page.getByText('Nothing waits', { exact: true }).waitFor();
    assert.equal(await page.evaluate('window.ran'), undefined);
    for (const directive of ["script-src 'self'", "base-uri 'none'"])
      assert.ok(
        refused.some((text) => text.includes(directive)),
        `${directive}: ${refused.join('\n')}`,
      );
    await assert.rejects(
      page.evaluate("document.querySelector('#page').innerHTML = '<b>markup</b>'"),
      /TrustedHTML/,
    );
  });

  test('another site cannot show it in a frame', async (t) => {
    const gateway = await pages.organization(t);
    const evil = await somebodysSite(gateway.end);
    const page = await gateway.signedIn({ mayComplain: /frame-ancestors|Framing/ });
    for (const path of ['/inbox', '/login', '/device']) {
      evil.shows(`<iframe src="${gateway.publicUrl}${path}"></iframe>`);
      const answer = page.waitForResponse(gateway.publicUrl + path);
      await page.goto(evil.url);
      // The gateway has answered, as it does the person's own window.
      assert.equal((await answer).status(), 200, path);
      const [frame] = page.mainFrame().childFrames();
      await poll('an error in its place', () => frame?.url() === 'chrome-error://chromewebdata/');
    }
  });

  const tokens = async (gateway: PageGateway) =>
    (await gateway.admin('GET', '/v1/tokens')).body.tokens.length;

  test('a form on another site changes nothing, and signs nobody in', async (t) => {
    const gateway = await pages.organization(t);
    const evil = await somebodysSite(gateway.end);
    const page = await gateway.signedIn();
    const stranger = await gateway.person('admin');
    const { link } = (await gateway.call('POST', '/v1/login-links', stranger)).body;
    const secret = new URL(link).searchParams.get('token') ?? assert.fail(link);
    const id = await gateway.askToWrite('waits.txt');
    const before = await tokens(gateway);
    const field = (name: string, value: string) => `<input name='${name}' value='${value}'>`;
    const approve = `/v1/sessions/${gateway.agent.id}/actions/invocations/${id}/approve`;
    const forms: [path: string, enctype: string, fields: string, status: number][] = [
      ['/login', 'application/x-www-form-urlencoded', field('token', secret), 403],
      ['/v1/tokens', 'application/x-www-form-urlencoded', field('name', 'stolen'), 403],
      // As JSON, which a form can send as plain text.
      ['/v1/tokens', 'text/plain', field('{"name":"stolen","x":"', '"}'), 403],
      [approve, 'text/plain', field('{"x":"', '"}'), 403],
      [approve, 'multipart/form-data', '', 403],
      ['/v1/auth/sign-out', 'text/plain', '', 400],
    ];
    for (const [path, enctype, fields, status] of forms) {
      evil.shows(
        `<form method="post" action="${gateway.publicUrl}${path}" enctype="${enctype}">${fields}<button>Win</button></form>`,
      );
      await page.goto(evil.url);
      const answer = page.waitForResponse(gateway.publicUrl + path);
      await page.getByRole('button', { name: 'Win' }).click();
      const refused = await answer;
      // Where the refusal stands now; the next way to the other site would cut across this one.
      await page.waitForURL(gateway.publicUrl + path);
      assert.match((await refused.request().allHeaders()).cookie ?? '', /assent\.session_token=/, path);
      assert.equal(refused.status(), status, `${path} ${enctype} ${await refused.text()}`);
    }
    assert.equal(await tokens(gateway), before);
    assert.equal((await gateway.admin('GET', `/v1/invocations/${id}`)).body.invocation.status, 'pending');
    await page.goto(`${gateway.publicUrl}/inbox`);
    assert.equal(await whoIsIn(page), gateway.email);

    // What the browser says of where a request comes from is what makes the difference: the link itself was good.
    const theirs = await strangersPage(gateway.end, pages.browser);
    await theirs.goto(link);
    await theirs.getByRole('button', { name: 'Sign in', exact: true }).click();
    await theirs.waitForURL(`${gateway.publicUrl}/inbox`);
  });

  test('a script on another site reads nothing, and opens no socket', async (t) => {
    const gateway = await pages.organization(t);
    const evil = await somebodysSite(gateway.end);
    const page = await gateway.signedIn({ mayComplain: /CORS policy|WebSocket/ });
    const before = await tokens(gateway);
    await page.goto(evil.url);
    const tried = await page.evaluate<unknown>(`(async () => {
      const there = '${gateway.publicUrl}';
      const send = (path, options) => fetch(there + path, { credentials: 'include', ...options }).then(({ type }) => type, () => 'refused');
      const socket = new WebSocket(there.replace('http', 'ws') + '/v1/events', 'assent.events.v1');
      const opened = new Promise((resolve) => {
        socket.onopen = () => resolve('open');
        socket.onclose = () => resolve('refused');
      });
      return {
        read: await send('/v1/me'),
        json: await send('/v1/tokens', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"stolen"}' }),
        blind: await send('/v1/tokens', { method: 'POST', mode: 'no-cors', body: '{"name":"stolen"}' }),
        signOut: await send('/v1/auth/sign-out', { method: 'POST', mode: 'no-cors' }),
        socket: await opened,
      };
    })()`);
    assert.deepEqual(tried, {
      read: 'refused',
      json: 'refused',
      blind: 'refused',
      signOut: 'refused',
      socket: 'refused',
    });
    assert.equal(await tokens(gateway), before);
    await page.goto(`${gateway.publicUrl}/inbox`);
    assert.equal(await whoIsIn(page), gateway.email);
  });

  test('signing in leads to this site, whatever the address says', async (t) => {
    const gateway = await pages.organization(t);
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      'javascript:alert(1)',
    ]) {
      const page = await strangersPage(gateway.end, pages.browser);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).origin));
      const { link } = (await gateway.admin('POST', '/v1/login-links')).body;
      await page.goto(`${link}&next=${encodeURIComponent(next)}`);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL(`${gateway.publicUrl}/inbox`);
      assert.deepEqual([...new Set(asked)], [gateway.publicUrl], next);
    }
  });
});
