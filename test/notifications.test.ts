// A waiting approval is announced: in Slack, and to webhooks that sign, try again and keep a log.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { startSlack } from './peers/vendors/slack.ts';
import { general } from './peers/vendors/slack-data.ts';
import { engines, type TestEngine } from './support/databases.ts';
import { startGateway } from './support/gateway.ts';
import { otherSite } from './support/other-site.ts';
import { poll } from './support/poll.ts';
import { scriptedSource } from './support/scripted-source.ts';

interface Received {
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly at: number;
}

/** In the place of a status: no answer. */
const never = 0;

/** Somebody else's server; it answers with the statuses it is given, the last one from then on. */
async function hook(t: TestContext, statuses: number[]) {
  const received: Received[] = [];
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    let text = '';
    for await (const part of request) text += String(part);
    received.push({ headers: request.headers, text, at: Date.now() });
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    if (status === never) return;
    if (status === 302) response.setHeader('location', 'http://169.254.169.254/');
    response.writeHead(status ?? 200).end('thanks');
  };
  const url = await otherSite(t, (request, response) => void answer(request, response));
  return { url: `${url}hook`, received };
}

async function set(t: TestContext, engine: TestEngine, allowPrivateAddresses = true) {
  const time = { passed: 0 };
  const replacements = {
    sourceKinds: [scriptedSource().kind],
    clock: () => Date.now() + time.passed,
    housekeepingMs: 10,
  };
  const gateway = await startGateway(t, replacements, { allowPrivateAddresses }, engine);
  const owner = { token: gateway.ownerToken };
  const session = await gateway.session();
  const add = async (kind: string, target: string) => {
    const answer = await gateway.call('POST', '/v1/notifications', { ...owner, body: { kind, target } });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const deliveries = async () =>
    (await gateway.call('GET', '/v1/notifications/deliveries', owner)).body.deliveries;
  /** The only delivery, at its end. What waits for its next attempt waits no longer. */
  const ends = async (status: string) => {
    const delivery = await poll(`a delivery that is ${status}`, async () => {
      const [one] = await deliveries();
      if (one?.error && one.nextAttemptAt !== null)
        time.passed = Math.max(time.passed, Date.parse(one.nextAttemptAt) - Date.now() + 1);
      return one !== undefined && one.status !== 'pending' && one;
    });
    assert.equal(delivery.status, status, JSON.stringify(delivery));
    return delivery;
  };
  return { gateway, owner, session, add, deliveries, ends, time };
}

for (const engine of engines) {
  describe(`announcements on ${engine.name}`, { skip: engine.skip }, () => {
    test('a webhook is told, signed, with a link and without secrets', async (t) => {
      const { url, received } = await hook(t, [200]);
      const { gateway, session, add, ends } = await set(t, engine);
      const { secret } = await add('webhook', url);
      assert.match(secret, /^whsec_[\w-]{43}$/);
      const { invocation } = (await session.invoke('change', { text: '{"apiKey":"very-secret-value"}' }))
        .body;
      await ends('delivered');
      assert.equal(received.length, 1);
      const [one] = received;
      assert.ok(one);
      const body = JSON.parse(one.text);
      assert.equal(body.type, 'action_approval_request');
      assert.equal(body.payload.invocation.id, invocation.id);
      assert.equal(body.link, `${gateway.publicUrl}/inbox/${invocation.id}`);
      assert.equal(body.id, one.headers['assent-delivery']);
      assert.ok(!one.text.includes('very-secret-value'));
      const timestamp = String(one.headers['assent-timestamp']);
      assert.ok(Math.abs(Number(timestamp) * 1000 - one.at) < 3_600_000);
      const expected = createHmac('sha256', secret).update(`${timestamp}.${one.text}`).digest('hex');
      assert.equal(one.headers['assent-signature'], `v1=${expected}`);
    });

    test('it is tried again with growing pauses, and then given up, with the reason', async (t) => {
      const { url, received } = await hook(t, [500]);
      const { session, add, ends } = await set(t, engine);
      await add('webhook', url);
      await session.invoke('change');
      const failed = await ends('failed');
      assert.deepEqual([failed.attempts, failed.error], [5, 'The webhook refused: HTTP 500.']);
      assert.equal(received.length, 5);
      assert.equal(new Set(received.map(({ headers }) => headers['assent-delivery'])).size, 1);
    });

    test('one that answers later is delivered then', async (t) => {
      const { url } = await hook(t, [503, 302, 204]);
      const { session, add, ends } = await set(t, engine);
      await add('webhook', url);
      await session.invoke('change');
      assert.equal((await ends('delivered')).attempts, 3);
    });

    test('nobody is told of what is decided already, and nobody of what needs no decision', async (t) => {
      const { url, received } = await hook(t, [500]);
      const { gateway, owner, session, add, deliveries, ends } = await set(t, engine);
      await add('webhook', url);
      await session.invoke('look');
      assert.deepEqual(await deliveries(), []);
      const { invocation } = (await session.invoke('change')).body;
      await poll('the first attempt', () => received.length > 0);
      const path = `/v1/sessions/${session.id}/actions/invocations/${invocation.id}/deny`;
      assert.equal((await gateway.call('POST', path, { ...owner, body: {} })).status, 200);
      await ends('obsolete');
    });

    test('a private address is not called unless it is allowed', async (t) => {
      const { url, received } = await hook(t, [200]);
      const { session, add, ends } = await set(t, engine, false);
      await add('webhook', url);
      await session.invoke('change');
      const failed = await ends('failed');
      assert.match(failed.error, /private, local or otherwise not public address/);
      assert.equal(received.length, 0);
    });

    test('a channel is told through the organization’s own integration, without the params', async (t) => {
      const slack = await startSlack();
      t.after(() => slack.close());
      const { gateway, owner, session, add, ends } = await set(t, engine);
      const body = { token: slack.token, baseUrl: slack.url };
      await gateway.call('PUT', '/v1/integrations/slack', { ...owner, body });
      await add('slack', general);
      const { invocation } = (await session.invoke('change', { text: 'not for the channel' })).body;
      await ends('delivered');
      const posted = slack.world.messages.filter(
        ({ channel, text }) => channel === general && text.includes('test:change'),
      );
      assert.equal(posted.length, 1);
      assert.ok(posted[0]?.text.includes(`${gateway.publicUrl}/inbox/${invocation.id}`));
      assert.ok(!posted[0]?.text.includes('not for the channel'));
    });

    test('without an integration, the log says what is missing', async (t) => {
      const { session, add, ends } = await set(t, engine);
      await add('slack', general);
      await session.invoke('change');
      const failed = await ends('failed');
      assert.match(
        failed.error,
        /There is no token for slack\. An admin sets it with `assent integrations set slack`\./,
      );
    });

    test('a stop waits for no webhook', async (t) => {
      const { url, received } = await hook(t, [never]);
      const { gateway, session, add } = await set(t, engine);
      await add('webhook', url);
      await session.invoke('change');
      await poll('the attempt', () => received.length > 0);
      // What an attempt may take: the stop comes before it is over.
      const attempt = AbortSignal.timeout(10_000);
      await gateway.stop();
      assert.ok(!attempt.aborted);
    });

    test('one that is removed is told no more', async (t) => {
      const { url, received } = await hook(t, [200]);
      const { gateway, owner, session, add, deliveries } = await set(t, engine);
      const { notification } = await add('webhook', url);
      await gateway.call('DELETE', `/v1/notifications/${notification.id}`, owner);
      await session.invoke('change');
      assert.deepEqual(await deliveries(), []);
      assert.equal(received.length, 0);
    });
  });
}
