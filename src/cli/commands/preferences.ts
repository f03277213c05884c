import type { Preferences } from '../../contract/preferences.ts';
import { columns } from '../columns.ts';
import { command, reply } from '../command.ts';
import { SourceNames } from '../shown-names.ts';
import { asPerson } from '../who.ts';

const path = '/v1/preferences/actions';
const source = {
  about: 'a source, or one action of it as source:action; a connector by its name or source id',
} as const;

export const list = command({
  example: 'assent preferences list',
  async run() {
    const client = await asPerson();
    const [answer, names] = await Promise.all([client.get<Preferences>(path), SourceNames.read(client)]);
    return reply(answer, ({ disabled }) => {
      if (disabled.length === 0) return 'You have switched nothing off.';
      return columns(disabled.map((one) => [names.readable(one)]));
    });
  },
});

export const disable = command({
  example: 'assent preferences disable slack:post_message',
  more: 'Your sessions neither see it nor can ask for it. Sessions of others are as before.',
  args: { source },
  async run({ args }) {
    const { answer } = await change(args.source, (disabled, key) => [
      ...disabled.filter((one) => one !== key),
      key,
    ]);
    return reply(answer, () => `${args.source} is off for your sessions.`);
  },
});

export const enable = command({
  example: 'assent preferences enable slack:post_message',
  args: { source },
  async run({ args }) {
    const { answer, before, key } = await change(args.source, (disabled, key) =>
      disabled.filter((one) => one !== key),
    );
    const wasOff = before.includes(key);
    return reply(answer, () =>
      wasOff
        ? `${args.source} is on again.`
        : `${args.source} was not switched off by itself: nothing has changed.`,
    );
  },
});

async function change(
  typed: string,
  next: (disabled: readonly string[], key: string) => string[],
): Promise<{ answer: Preferences; before: readonly string[]; key: string }> {
  const client = await asPerson();
  const [{ disabled: before }, names] = await Promise.all([
    client.get<Preferences>(path),
    SourceNames.read(client),
  ]);
  const key = names.key(typed);
  const answer = await client.put<Preferences>(path, { body: { disabled: next(before, key) } });
  return { answer, before, key };
}
