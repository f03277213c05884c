import type { Delivery, NotificationTarget } from '../../contract/notifications.ts';
import { at } from '../client.ts';
import { table } from '../columns.ts';
import { command, reply } from '../command.ts';
import { usage } from '../exit.ts';
import { localTime } from '../when.ts';
import { asPerson } from '../who.ts';

export const add = command({
  example: 'assent notifications add webhook https://example.com/hooks/assent',
  more: `Announces every approval that begins to wait: in a Slack channel, named by its id, through the organization's own integration;
or to a webhook, signed. The secret that a webhook's deliveries are signed with is printed this once.`,
  args: {
    kind: { about: 'where', choices: ['slack', 'webhook'] },
    target: { about: 'the id of a channel, or a URL' },
  },
  async run({ args }) {
    const client = await asPerson();
    const answer = await client.post<{ notification: NotificationTarget; secret: string | null }>(
      '/v1/notifications',
      { body: { kind: args.kind, target: args.target } },
    );
    return reply(answer, ({ notification, secret }) =>
      [`${notification.target} is told from now on.`, ...(secret === null ? [] : [`secret: ${secret}`])].join(
        '\n',
      ),
    );
  },
});

export const list = command({
  example: 'assent notifications list',
  async run() {
    const client = await asPerson();
    const answer = await client.get<{ notifications: NotificationTarget[] }>('/v1/notifications');
    return reply(answer, ({ notifications }) =>
      notifications.length === 0
        ? 'Nobody is told. `assent notifications add <slack|webhook> <target>` changes that.'
        : table(
            ['KIND', 'TARGET', 'SINCE', 'ID'],
            notifications.map(({ kind, target, createdAt, id }) => [kind, target, localTime(createdAt), id]),
          ),
    );
  },
});

export const remove = command({
  example: 'assent notifications remove https://example.com/hooks/assent',
  args: { target: { about: 'its target, or its id' } },
  async run({ args }) {
    const client = await asPerson();
    const { notifications } = await client.get<{ notifications: NotificationTarget[] }>('/v1/notifications');
    const found = notifications.find(({ id, target }) => id === args.target || target === args.target);
    if (found === undefined)
      throw usage(`Nobody is told at "${args.target}". \`assent notifications list\` shows who is.`);
    await client.delete<null>(at`/v1/notifications/${found.id}`);
    return reply({ removed: found.id }, () => `${found.target} is not told any more.`);
  },
});

export const deliveries = command({
  example: 'assent notifications deliveries',
  async run() {
    const client = await asPerson();
    const answer = await client.get<{ deliveries: Delivery[]; nextCursor: string | null }>(
      '/v1/notifications/deliveries',
    );
    return reply(answer, ({ deliveries }) =>
      deliveries.length === 0
        ? 'Nothing has been announced yet.'
        : table(
            ['WHEN', 'STATUS', 'ATTEMPTS', 'INVOCATION', 'ERROR'],
            deliveries.map((one) => [
              localTime(one.createdAt),
              one.status,
              String(one.attempts),
              one.invocationId,
              one.error ?? '',
            ]),
          ),
    );
  },
});
