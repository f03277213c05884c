import { changeMode, keyArgument, modeArgument, modesText, readModes } from '../action-modes.ts';
import { command, reply } from '../command.ts';
import { asPerson } from '../who.ts';

const path = '/v1/action-modes';

export const list = command({
  example: 'assent modes list',
  async run() {
    const { answer, names } = await readModes(await asPerson(), path);
    const none =
      'No modes are set: what only reads is allowed, what writes needs approval, what is dangerous is denied.';
    return reply(answer, (shown) => modesText(shown, names, none));
  },
});

export const set = command({
  example: 'assent modes set linear:create_issue allow',
  more: 'It holds for every session, but where an automation overrides it.',
  args: { key: keyArgument, mode: modeArgument },
  async run({ args }) {
    const { key, answer } = await changeMode(await asPerson(), path, args.key, args.mode);
    return reply(
      answer,
      () => `${args.key} is now ${args.mode}.`,
      key === args.key ? undefined : `(kept as ${key})`,
    );
  },
});

export const unset = command({
  example: 'assent modes unset linear:create_issue',
  args: { key: keyArgument },
  async run({ args }) {
    const { answer } = await changeMode(await asPerson(), path, args.key, undefined);
    return reply(answer, () => `${args.key} has no mode of its own now: its risk decides.`);
  },
});
