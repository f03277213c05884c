import { z } from 'zod';
import { listOf, optional, shownList } from '../list-of.ts';
import { action } from '../provider.ts';
import { VendorFault } from '../vendor-fault.ts';
import { askSlack } from './ask.ts';

const channel = z
  .string()
  .regex(/^[A-Z0-9]{2,40}$/, 'a channel is named by its id, like C012AB3CD')
  .describe('the id of a channel, as list_channels gives it');
const moment = z
  .string()
  .regex(/^\d{1,12}\.\d{1,9}$/, 'a message is named by its ts, like 1503435956.000247')
  .describe('the ts of a message');
const cursor = z.string().max(2000).optional().describe('the nextCursor of the page before');
const limit = z.number().int().min(1).max(200).default(100).describe('how many at most');

const more = optional(z.object({ next_cursor: optional(z.string()) }));

const listed = z.object({
  channels: listOf(
    z.object({
      id: z.string(),
      name: optional(z.string()),
      is_private: optional(z.boolean()),
      is_member: optional(z.boolean()),
      num_members: optional(z.number()),
      topic: optional(z.object({ value: z.string() })),
    }),
  ),
  response_metadata: more,
});

export const listChannels = action({
  id: 'list_channels',
  description: 'List the channels that the app can see, with their ids.',
  risk: 'read',
  params: z.strictObject({ limit, cursor }),
  async run({ limit, cursor }, call) {
    const answer = await askSlack(call, (slack) =>
      slack.conversations.list({
        limit,
        exclude_archived: true,
        types: 'public_channel,private_channel',
        ...(cursor !== undefined && { cursor }),
      }),
    );
    const { channels, response_metadata } = read(listed, answer);
    return {
      ...shownList('channels', channels, ({ id, name, is_private, is_member, num_members, topic }) => ({
        id,
        name,
        isPrivate: is_private ?? false,
        isMember: is_member ?? false,
        members: num_members ?? null,
        topic: topic?.value ?? '',
      })),
      nextCursor: response_metadata?.next_cursor || null,
    };
  },
});

const thread = z.object({
  messages: listOf(
    z.object({
      ts: z.string(),
      text: optional(z.string()),
      user: optional(z.string()),
      bot_id: optional(z.string()),
    }),
  ),
  response_metadata: more,
});

export const readThread = action({
  id: 'read_thread',
  description: 'Read a message and the replies to it, oldest first.',
  risk: 'read',
  params: z.strictObject({
    channel,
    thread: moment.describe('the ts of the message that began the thread'),
    limit,
    cursor,
  }),
  async run({ channel, thread: ts, limit, cursor }, call) {
    const answer = await askSlack(call, (slack) =>
      slack.conversations.replies({ channel, ts, limit, ...(cursor !== undefined && { cursor }) }),
    );
    const { messages, response_metadata } = read(thread, answer);
    return {
      ...shownList('messages', messages, ({ ts, text, user, bot_id }) => ({
        ts,
        text: text ?? '',
        author: user ?? bot_id ?? null,
      })),
      nextCursor: response_metadata?.next_cursor || null,
    };
  },
});

const posted = z.object({ channel: z.string(), ts: z.string() });

export const postMessage = action({
  id: 'post_message',
  description: 'Post a message into a channel, or as a reply into a thread.',
  risk: 'write',
  params: z.strictObject({
    channel,
    text: z.string().min(1).max(40_000).describe("text in Slack's own markup"),
    thread: moment.optional().describe('the ts of the message to reply to'),
  }),
  async run({ channel, text, thread }, call) {
    const answer = await call.client.change(() =>
      askSlack(call, (slack) =>
        slack.chat.postMessage({ channel, text, ...(thread !== undefined && { thread_ts: thread }) }),
      ),
    );
    // It is posted, in whatever shape that is said.
    const said = posted.safeParse(answer);
    return said.success ? said.data : answer;
  },
});

function read<Shape extends z.ZodType>(shape: Shape, answer: unknown): z.infer<Shape> {
  const data = shape.safeParse(answer);
  if (!data.success) throw new VendorFault('unreadable', 'an answer of another shape');
  return data.data;
}
