// The stand-in for Slack, asked by Slack's own client and by hand.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { LogLevel, WebClient } from '@slack/web-api';
import { type SlackPeer, startSlack } from './slack.ts';
import { general, incidents, incidentThread, oldProject } from './slack-data.ts';
import { readSlackSchema } from './slack-schema.ts';
import { readVector, vectorsFolder } from './vectors.ts';

const nowhere = join(import.meta.dirname, 'no-such-folder');

function clientOf(peer: SlackPeer, token = peer.token): WebClient {
  const retryConfig = { retries: 0 };
  return new WebClient(token, { slackApiUrl: peer.url, retryConfig, logLevel: LogLevel.ERROR });
}

async function post(peer: SlackPeer, method: string, body: unknown, token = peer.token): Promise<unknown> {
  const response = await fetch(peer.url + method, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 200);
  return response.json();
}

for (const vectors of [undefined, nowhere]) {
  describe(vectors === undefined ? 'Slack, asked by its client' : 'Slack, its schema missing', () => {
    let peer: SlackPeer;
    let slack: WebClient;
    before(async () => {
      peer = await startSlack(vectors === undefined ? {} : { vectors });
      slack = clientOf(peer);
    });
    after(() => peer.close());

    it('says whether it checks', (t) => {
      t.diagnostic(peer.schemaNote);
      if (vectors !== undefined) assert.equal(peer.schemaCheck, 'missing');
    });

    it('says who the token belongs to', async () => {
      const { user, user_id, team } = await slack.auth.test();
      assert.deepEqual([user, user_id, team], ['assent', 'U0000ASSENT', 'Example']);
    });

    it('lists channels by type, without the archived ones, in pages', async () => {
      const names = async (options: object) =>
        (await slack.conversations.list(options)).channels?.map(({ name }) => name);
      assert.deepEqual(await names({}), ['general', 'old-project']);
      assert.deepEqual(await names({ exclude_archived: true }), ['general']);
      assert.deepEqual(await names({ types: 'private_channel' }), ['incidents']);
      const all: unknown[] = [];
      const pages = slack.paginate('conversations.list', {
        limit: 2,
        types: 'public_channel,private_channel',
      });
      for await (const page of pages) all.push(page);
      assert.partialDeepStrictEqual(all, [
        { channels: [{ name: 'general' }, { name: 'incidents' }] },
        { channels: [{ name: 'old-project' }] },
      ]);
    });

    it('posts, into a channel and into a thread, and shows it', async () => {
      const posted = await slack.chat.postMessage({ channel: general, text: 'Hello *all*', mrkdwn: true });
      assert.equal(posted.message?.bot_id, 'B0000ASSENT');
      const history = await slack.conversations.history({ channel: general, limit: 1 });
      assert.deepEqual([history.messages?.[0]?.text, history.has_more], ['Hello *all*', true]);
      const reply = await slack.chat.postMessage({
        channel: general,
        text: 'And more',
        thread_ts: posted.ts ?? '',
      });
      const replies = await slack.conversations.replies({ channel: general, ts: posted.ts ?? '' });
      assert.deepEqual(
        replies.messages?.map(({ ts }) => ts),
        [posted.ts, reply.ts],
      );
      assert.equal(peer.world.messages.at(-1)?.text, 'And more');
    });

    it('reads a thread in pages', async () => {
      const first = await slack.conversations.replies({ channel: incidents, ts: incidentThread, limit: 3 });
      assert.deepEqual(
        [first.messages?.length, first.has_more, first.messages?.[0]?.reply_count],
        [3, true, 3],
      );
      const cursor = first.response_metadata?.next_cursor ?? '';
      const rest = await slack.conversations.replies({
        channel: incidents,
        ts: incidentThread,
        limit: 3,
        cursor,
      });
      assert.deepEqual([rest.messages?.length, rest.has_more], [1, false]);
    });

    it('takes JSON and the query string too', async () => {
      const posted = await post(peer, 'chat.postMessage', {
        channel: '#general',
        text: 'As JSON',
        mrkdwn: false,
      });
      assert.partialDeepStrictEqual(posted, { ok: true, channel: general, message: { text: 'As JSON' } });
      const headers = { authorization: `Bearer ${peer.token}` };
      const got = await fetch(`${peer.url}conversations.history?channel=${general}&limit=1`, { headers });
      assert.partialDeepStrictEqual(await got.json(), { ok: true, messages: [{ text: 'As JSON' }] });
    });

    const refused: readonly (readonly [method: string, args: object, code: string])[] = [
      ['chat.postMessage', { channel: 'C0NOWHERE00', text: 'x' }, 'channel_not_found'],
      ['chat.postMessage', { channel: general }, 'no_text'],
      ['chat.postMessage', { text: 'x' }, 'invalid_arguments'],
      ['chat.postMessage', { channel: oldProject, text: 'x' }, 'is_archived'],
      ['chat.postMessage', { channel: general, text: 'x'.repeat(40_001) }, 'msg_too_long'],
      ['chat.postMessage', { channel: general, text: 'x', thread_ts: '1.000000' }, 'thread_not_found'],
      ['conversations.replies', { channel: general, ts: '1.000000' }, 'thread_not_found'],
      ['conversations.replies', { channel: general }, 'invalid_arguments'],
      ['conversations.history', { channel: 'nobody' }, 'channel_not_found'],
      ['conversations.list', { cursor: 'nonsense' }, 'invalid_cursor'],
      ['no.such.method', {}, 'unknown_method'],
    ];
    for (const [method, args, code] of refused) {
      it(`refuses ${method} with ${code}: ${JSON.stringify(args).slice(0, 60)}`, async () => {
        const before = peer.world.messages.length;
        assert.partialDeepStrictEqual(await post(peer, method, args), { ok: false, error: code });
        assert.equal(peer.world.messages.length, before);
      });
    }
  });
}

describe('Slack, its schema', () => {
  it('refuses arguments that the method does not have or that are of another type', async (t) => {
    const peer = await startSlack();
    t.after(() => peer.close());
    if (peer.schemaCheck === 'missing') return t.skip(peer.schemaNote);
    const wrong: readonly (readonly [args: object, complaint: string])[] = [
      [{ channel: general, txt: 'x' }, '[ERROR] unknown field: txt'],
      [{ channel: general, text: 'x', mrkdwn: 'perhaps' }, '[ERROR] must be boolean [json-pointer:/mrkdwn]'],
      [{ text: 'x' }, '[ERROR] missing required field: channel'],
    ];
    for (const [args, complaint] of wrong)
      assert.deepEqual(await post(peer, 'chat.postMessage', args), {
        ok: false,
        error: 'invalid_arguments',
        response_metadata: { messages: [complaint] },
      });
  });
});

describe('Slack, its answers', () => {
  it('are held against the schema too', (t) => {
    const text = readVector(vectorsFolder, 'slack/slack_web_openapi_v2.json');
    if (text === undefined) return t.skip('the schema is missing');
    const check = readSlackSchema(text)('chat.postMessage');
    const message = { type: 'message', text: 'x', ts: '1741000001.000100' };
    check?.answer({ ok: true, channel: general, ts: message.ts, message });
    const without = { ok: true, channel: general, ts: message.ts };
    assert.throws(() => check?.answer(without), /missing required field: message/);
    assert.throws(() => check?.answer({ ...without, ts: 'now', message }), /must match pattern/);
  });
});

describe('Slack, who may ask', () => {
  it('tells no token, a wrong one and a revoked one apart', async (t) => {
    const peer = await startSlack();
    t.after(() => peer.close());
    assert.deepEqual(await post(peer, 'auth.test', {}, 'xoxb-wrong'), { ok: false, error: 'invalid_auth' });
    const naked = await fetch(`${peer.url}auth.test`, { method: 'POST' });
    assert.deepEqual(await naked.json(), { ok: false, error: 'not_authed' });
    await clientOf(peer).auth.test();
    peer.revoke();
    await assert.rejects(clientOf(peer).auth.test(), /token_revoked/);
  });

  it('limits the rate in its own way', async (t) => {
    const peer = await startSlack();
    t.after(() => peer.close());
    peer.faults.add({ rateLimit: 30 }, 1);
    const response = await fetch(`${peer.url}auth.test`, { method: 'POST' });
    assert.deepEqual([response.status, response.headers.get('retry-after')], [429, '30']);
    assert.deepEqual(await response.json(), { ok: false, error: 'ratelimited' });
  });
});
