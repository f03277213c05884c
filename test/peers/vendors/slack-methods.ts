// The methods of Slack's Web API that the stand-in has. Each answers from the workspace, or refuses with Slack's own code.
import type { SlackChannel, SlackMessage, SlackWorld } from './slack-data.ts';
import { asText } from './values.ts';

export type SlackArgs = Readonly<Record<string, unknown>>;
export type SlackMethod = (args: SlackArgs, world: SlackWorld) => Readonly<Record<string, unknown>>;

/** A refusal: Slack sends it with HTTP 200. */
export class SlackError extends Error {
  readonly code: string;
  readonly messages: readonly string[];
  constructor(code: string, messages: readonly string[] = []) {
    super(code);
    this.code = code;
    this.messages = messages;
  }
}

export const slackMethods: Readonly<Record<string, SlackMethod>> = {
  'auth.test': (_args, { team, bot }) => ({
    url: team.url,
    team: team.name,
    user: bot.name,
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.id,
    is_enterprise_install: false,
  }),

  'chat.postMessage': (args, world) => {
    const channel = needChannel(args, world);
    if (channel.is_archived) throw new SlackError('is_archived');
    if (!channel.is_member) throw new SlackError('not_in_channel');
    const text = asText(args['text'] ?? args['markdown_text']);
    if (text === '' && args['blocks'] === undefined && args['attachments'] === undefined)
      throw new SlackError('no_text');
    if (text.length > 40_000) throw new SlackError('msg_too_long');
    const thread = asText(args['thread_ts']);
    if (thread !== '') needThread(thread, channel, world);
    const message: SlackMessage = {
      channel: channel.id,
      ts: nextTs(world),
      ...(thread !== '' && { thread_ts: thread }),
      user: world.bot.userId,
      bot_id: world.bot.id,
      text,
    };
    world.messages.push(message);
    return { channel: channel.id, ts: message.ts, message: shown(message, world) };
  },

  'conversations.list': (args, { channels }) => {
    const types = (asText(args['types']) || 'public_channel').split(',').map((type) => type.trim());
    const unknown = types.find((type) => !conversationTypes.includes(type));
    if (unknown !== undefined) throw new SlackError('invalid_types');
    const wanted = channels.filter(
      (channel) =>
        types.includes(channel.is_private ? 'private_channel' : 'public_channel') &&
        !(isTrue(args['exclude_archived']) && channel.is_archived),
    );
    const { items, ...rest } = cut(wanted.map(describe), args);
    return { channels: items, response_metadata: rest.response_metadata };
  },

  'conversations.history': (args, world) => {
    const { id } = needChannel(args, world);
    const roots = world.messages.filter(
      ({ channel, ts, thread_ts = ts }) => channel === id && thread_ts === ts && isBetween(ts, args),
    );
    const { items, ...rest } = cut(roots.toReversed(), args);
    const messages = items.map((message) => shown(message, world));
    return { messages, pin_count: 0, channel_actions_ts: null, channel_actions_count: 0, ...rest };
  },

  'conversations.replies': (args, world) => {
    const channel = needChannel(args, world);
    const ts = asText(args['ts']);
    if (ts === '') throw new SlackError('invalid_arguments', ['[ERROR] missing required field: ts']);
    const root = needThread(ts, channel, world);
    const replies = world.messages.filter(
      ({ thread_ts, ts }) => thread_ts === root.ts && ts !== root.ts && isBetween(ts, args),
    );
    const { items, ...rest } = cut([root, ...replies], args);
    return { messages: items.map((message) => shown(message, world)), ...rest };
  },
};

const conversationTypes: readonly string[] = ['public_channel', 'private_channel', 'mpim', 'im'];

function needChannel(args: SlackArgs, { channels }: SlackWorld): SlackChannel {
  if (args['channel'] === undefined)
    throw new SlackError('invalid_arguments', ['[ERROR] missing required field: channel']);
  const named = asText(args['channel']);
  const found = channels.find(({ id, name }) => id === named || `#${name}` === named || name === named);
  if (found === undefined) throw new SlackError('channel_not_found');
  return found;
}

function needThread(ts: string, { id }: SlackChannel, { messages }: SlackWorld): SlackMessage {
  const found = messages.find((message) => message.channel === id && message.ts === ts);
  if (found === undefined) throw new SlackError('thread_not_found');
  return found;
}

/** Later than everything that there is; seconds since 1970 with six digits, as text. */
function nextTs({ messages }: SlackWorld): string {
  const last = Math.max(0, ...messages.map(({ ts }) => Number(ts.replace('.', ''))));
  const next = Math.max(Date.now() * 1000, last + 1);
  return `${Math.floor(next / 1_000_000)}.${`${next % 1_000_000}`.padStart(6, '0')}`;
}

function isBetween(ts: string, { oldest, latest, inclusive }: SlackArgs): boolean {
  const at = Number(ts);
  const after = Number(oldest ?? 0);
  const before = Number(latest ?? Infinity);
  return (at > after && at < before) || (isTrue(inclusive) && (at === after || at === before));
}

interface Cut<Item> {
  readonly items: readonly Item[];
  readonly has_more: boolean;
  readonly response_metadata: { readonly next_cursor: string };
}

/** A page; the cursor is where the next one begins, in base64 as Slack's are. */
function cut<Item>(all: readonly Item[], { cursor, limit }: SlackArgs): Cut<Item> {
  const count = Number(limit ?? 100) || 100;
  if (count < 1 || count > 1000) throw new SlackError('invalid_limit');
  const named = asText(cursor);
  const from = named === '' ? 0 : Number(/^next:(\d+)$/.exec(atob64(named))?.[1] ?? Number.NaN);
  if (!(from <= all.length)) throw new SlackError('invalid_cursor');
  const to = from + count;
  const has_more = to < all.length;
  const next_cursor = has_more ? Buffer.from(`next:${to}`).toString('base64') : '';
  return { items: all.slice(from, to), has_more, response_metadata: { next_cursor } };
}

function atob64(text: string): string {
  return Buffer.from(text, 'base64').toString();
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

function describe({ id, name, is_private, is_archived, is_member, purpose }: SlackChannel): object {
  const creator = 'U000000ADA';
  const said = (value: string) => ({ value, creator, last_set: 1_740_000_000 });
  const not = Object.fromEntries(
    ['is_im', 'is_mpim', 'is_shared', 'is_ext_shared', 'is_org_shared'].map((key) => [key, false]),
  );
  return {
    ...not,
    id,
    name,
    name_normalized: name,
    created: 1_740_000_000,
    creator,
    is_channel: !is_private,
    is_group: is_private,
    is_general: name === 'general',
    is_private,
    is_archived,
    is_member,
    topic: said(''),
    purpose: said(purpose),
    previous_names: [],
    num_members: 3,
  };
}

/** A message as Slack shows it: one that a thread hangs on says how many replies it has, a reply whose it is. */
function shown({ channel, ...message }: SlackMessage, { team, messages }: SlackWorld): object {
  const base = { type: 'message', team: team.id, ...message };
  const { ts, thread_ts } = message;
  if (thread_ts !== undefined && thread_ts !== ts) {
    const root = messages.find((other) => other.channel === channel && other.ts === thread_ts);
    return { ...base, parent_user_id: root?.user ?? '' };
  }
  const replies = messages.filter(
    (other) => other.channel === channel && other.ts !== ts && other.thread_ts === ts,
  );
  if (replies.length === 0) return base;
  const reply_users = [...new Set(replies.map(({ user }) => user))];
  const latest_reply = replies.at(-1)?.ts;
  return {
    ...base,
    thread_ts: ts,
    reply_count: replies.length,
    reply_users_count: reply_users.length,
    reply_users,
    latest_reply,
    subscribed: false,
  };
}
