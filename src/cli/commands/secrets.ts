import type { SecretInfo } from '../../contract/secrets.ts';
import { at } from '../client.ts';
import { table } from '../columns.ts';
import { command, reply } from '../command.ts';
import { readSecret } from '../typed-in.ts';
import { localTime } from '../when.ts';
import { asPerson } from '../who.ts';

const key = { about: 'what connectors call it by, like DOCS_TOKEN' } as const;

export const set = command({
  example: 'assent secrets set DOCS_TOKEN < token.txt',
  more: 'The value is read from standard input; on a terminal it is asked for, and not shown. It is kept encrypted, and never shown again.',
  args: { key },
  async run({ args }) {
    const client = await asPerson();
    const value = await readSecret(args.key);
    const answer = await client.put<{ secret: SecretInfo }>(at`/v1/secrets/${args.key}`, { body: { value } });
    return reply(answer, ({ secret }) => `Kept ${secret.key}.`);
  },
});

export const list = command({
  example: 'assent secrets list',
  async run() {
    const answer = await (await asPerson()).get<{ secrets: SecretInfo[] }>('/v1/secrets');
    return reply(answer, ({ secrets }) => text(secrets));
  },
});

function text(secrets: readonly SecretInfo[]): string {
  if (secrets.length === 0) return 'No secrets are kept. `assent secrets set <key>` keeps one.';
  return table(
    ['KEY', 'SET'],
    secrets.map((one) => [one.key, localTime(one.updatedAt)]),
  );
}

export const remove = command({
  example: 'assent secrets remove DOCS_TOKEN',
  args: { key },
  async run({ args }) {
    const client = await asPerson();
    await client.delete<null>(at`/v1/secrets/${args.key}`);
    return reply(
      { removed: args.key },
      ({ removed }) => `Removed ${removed}. Connectors that use it cannot log in any more.`,
    );
  },
});
