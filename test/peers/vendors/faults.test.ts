// Each fault does what it says, to any of the vendors, and nothing is left running afterwards.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type LinearPeer, startLinear } from './linear.ts';
import { type SentryPeer, startSentry } from './sentry.ts';
import { type SlackPeer, startSlack } from './slack.ts';
import { general } from './slack-data.ts';

let linear: LinearPeer;
let slack: SlackPeer;
let sentry: SentryPeer;

/** Within a suite: at the top of a file, hooks are for the tests of every file that shares the process. */
function freshPeers(): void {
  beforeEach(async () => {
    [linear, slack, sentry] = await Promise.all([startLinear(), startSlack(), startSentry()]);
  });
  afterEach(() => Promise.all([linear.close(), slack.close(), sentry.close()]));
}

const postMessage = (options: RequestInit = {}): Promise<Response> =>
  fetch(`${slack.url}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.token}` },
    body: new URLSearchParams({ channel: general, text: 'Sent once' }),
    ...options,
  });

const sent = (): number => slack.world.messages.filter(({ text }) => text === 'Sent once').length;

/** The code that the system gives to a failed fetch. */
async function failure(response: Promise<Response>): Promise<unknown> {
  const error = await response.catch((error: unknown) => error);
  return error instanceof Error && error.cause instanceof Error && 'code' in error.cause
    ? error.cause.code
    : error;
}

describe('faults', () => {
  freshPeers();
  it('last for as many requests as they are added for, one after the other', async () => {
    slack.faults.add({ status: 503 }, 2);
    slack.faults.add({ status: 500, json: { ok: false, error: 'internal_error' } }, 1);
    const statuses: number[] = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await postMessage()).status);
    assert.deepEqual([statuses, sent()], [[503, 503, 500, 200], 1]);
  });

  it('last until they are cleared where no number is given', async () => {
    slack.faults.add({ status: 502 });
    for (const _ of [1, 2, 3]) assert.equal((await postMessage()).status, 502);
    slack.faults.clear();
    assert.equal((await postMessage()).status, 200);
  });

  it('befall only the requests that they are meant for', async () => {
    sentry.faults.add({ when: ({ method }) => method === 'PUT', status: 500 });
    const issue = `${sentry.url}/api/0/issues/4500000001/`;
    const headers = { authorization: `Bearer ${sentry.token}`, 'content-type': 'application/json' };
    assert.equal((await fetch(issue, { headers })).status, 200);
    assert.equal((await fetch(issue, { headers, method: 'PUT', body: '{}' })).status, 500);
  });

  it('status: a web page, or JSON', async () => {
    slack.faults.add({ status: 503 }, 1);
    slack.faults.add({ status: 500, json: { ok: false } }, 1);
    const page = await postMessage();
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(await page.text(), /<h1>Error 503<\/h1>/);
    assert.deepEqual(await (await postMessage()).json(), { ok: false });
    assert.equal(sent(), 0);
  });

  it('html: a web page with 200', async () => {
    linear.faults.add({ html: true }, 1);
    const response = await fetch(`${linear.url}/graphql`, { method: 'POST', body: '{}' });
    assert.deepEqual(
      [response.status, response.headers.get('content-type')],
      [200, 'text/html; charset=utf-8'],
    );
    assert.match(await response.text(), /^<!doctype html>/);
  });

  it('delayMs: waits, then goes on as usual or with another fault', async () => {
    slack.faults.add({ delayMs: 30 }, 1);
    slack.faults.add({ delayMs: 30, status: 504 }, 1);
    const begun = performance.now();
    assert.deepEqual([(await postMessage()).status, (await postMessage()).status, sent()], [200, 504, 1]);
    // Timers may fire a little early.
    assert.ok(performance.now() - begun >= 55);
  });

  it('silent: takes the request, does nothing and never answers', async () => {
    slack.faults.add({ silent: true }, 1);
    const abort = new AbortController();
    const response = postMessage({ signal: abort.signal });
    await arrived(slack);
    abort.abort();
    await assert.rejects(response, { name: 'AbortError' });
    assert.equal(sent(), 0);
  });

  it('resetConnection: cuts the connection, nothing done', async () => {
    slack.faults.add({ resetConnection: true }, 1);
    assert.deepEqual([await failure(postMessage()), sent(), slack.requests.length], ['ECONNRESET', 0, 1]);
  });

  it('loseAnswer: does what was asked, then cuts the connection', async () => {
    slack.faults.add({ loseAnswer: true }, 1);
    assert.deepEqual([await failure(postMessage()), sent(), slack.requests.length], ['ECONNRESET', 1, 1]);
  });

  it('redirectTo: 302 elsewhere', async () => {
    slack.faults.add({ redirectTo: `${sentry.url}/elsewhere` });
    const stays = await postMessage({ redirect: 'manual' });
    assert.deepEqual([stays.status, stays.headers.get('location')], [302, `${sentry.url}/elsewhere`]);
    await postMessage();
    assert.equal(sentry.requests.at(-1)?.path, '/elsewhere');
    assert.equal(sent(), 0);
  });

  it('hugeBytes: exactly so many bytes of JSON, whatever the vendor', async () => {
    const bytes = 3_000_001;
    for (const peer of [linear, slack, sentry]) {
      peer.faults.add({ hugeBytes: bytes }, 1);
      const text = await (await fetch(peer.origin)).text();
      assert.equal(text.length, bytes);
      JSON.parse(text);
    }
  });

  it('hugeBytes: stops where the client has had enough', async () => {
    slack.faults.add({ hugeBytes: 5_000_000_000 }, 1);
    const abort = new AbortController();
    const response = await postMessage({ signal: abort.signal });
    await response.body?.getReader().read();
    abort.abort();
    assert.equal((await postMessage()).status, 200);
  });
});

describe('a peer', () => {
  freshPeers();
  it('records what it is asked, the token included', async () => {
    await postMessage();
    const [request] = slack.requests;
    assert.equal(request?.method, 'POST');
    assert.equal(request.path, '/api/chat.postMessage');
    assert.equal(request.headers.authorization, `Bearer ${slack.token}`);
    assert.equal(request.text, `channel=${general}&text=Sent+once`);
    assert.deepEqual(request.body, { channel: general, text: 'Sent once' });
  });

  it('has a token of its own at every start', async (t) => {
    const another = await startSlack();
    t.after(() => another.close());
    assert.match(another.token, /^xoxb-[0-9a-f]{40}$/);
    assert.notEqual(another.token, slack.token);
  });

  it('leaves nothing running, whatever it was doing', async () => {
    const peer = await startSlack();
    for (const fault of [{ silent: true }, { delayMs: 60_000 }, { hugeBytes: 5_000_000_000 }])
      peer.faults.add(fault, 1);
    const idle = net.connect(Number(new URL(peer.url).port), '127.0.0.1');
    idle.on('error', () => undefined);
    await once(idle, 'connect');
    const cut = once(idle, 'close');
    const responses = [1, 2, 3].map(() => fetch(peer.url).then((response) => response.text()));
    while (peer.requests.length < 3) await new Promise((resolve) => setImmediate(resolve));
    const settled = Promise.allSettled(responses);
    await peer.close();
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    await cut;
    assert.equal(await failure(fetch(peer.url)), 'ECONNREFUSED');
  });
});

/** Resolves once a request has come in. */
async function arrived({ requests }: SlackPeer): Promise<void> {
  while (requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
}
