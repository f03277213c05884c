import type { Integration } from '../../contract/integrations.ts';
import { at } from '../client.ts';
import { table } from '../columns.ts';
import { command, reply } from '../command.ts';
import { readSecret } from '../typed-in.ts';
import { localTime } from '../when.ts';
import { asPerson } from '../who.ts';

const provider = {
  about: 'the vendor: linear, sentry, slack, and whatever this gateway has built in',
} as const;

export const set = command({
  example: 'assent integrations set linear < token.txt',
  more: `The token is read from standard input; on a terminal it is asked for, and not shown. It is kept encrypted, and goes to the
vendor alone. Linear: an API key or OAuth token; Sentry: an auth token with org:read, project:read, event:read and event:write; Slack: a bot
token with channels:read, groups:read, channels:history, groups:history and chat:write.`,
  args: { provider },
  flags: {
    'base-url': { type: 'text', value: 'URL', about: 'where its API is, for one that you host yourself' },
  },
  async run({ args, flags }) {
    const client = await asPerson();
    const token = await readSecret(`${args.provider} token`);
    const body = { token, baseUrl: flags['base-url'] ?? null };
    const answer = await client.put<{ integration: Integration }>(at`/v1/integrations/${args.provider}`, {
      body,
    });
    const next = `\`assent modes list\` shows what agents may do with it.`;
    return reply(answer, ({ integration }) => `${integration.displayName} is set up.`, next);
  },
});

export const list = command({
  example: 'assent integrations list',
  async run() {
    const client = await asPerson();
    const answer = await client.get<{ integrations: Integration[] }>('/v1/integrations');
    return reply(answer, ({ integrations }) => text(integrations));
  },
});

function text(integrations: readonly Integration[]): string {
  if (integrations.length === 0)
    return 'No providers are set up. `assent integrations set <linear|sentry|slack>` sets one up.';
  return table(
    ['PROVIDER', 'WHERE', 'SET'],
    integrations.map(({ provider, baseUrl, updatedAt }) => [
      provider,
      baseUrl ?? "the vendor's own",
      localTime(updatedAt),
    ]),
  );
}

export const remove = command({
  example: 'assent integrations remove linear',
  args: { provider },
  async run({ args }) {
    const client = await asPerson();
    await client.delete<null>(at`/v1/integrations/${args.provider}`);
    return reply(
      { removed: args.provider },
      ({ removed }) => `Removed ${removed}. Its actions are gone, its history stays.`,
    );
  },
});
