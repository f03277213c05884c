import { changeMode, keyArgument, modeArgument, modesText, readModes } from '../action-modes.ts';
import { at, type Client } from '../client.ts';
import { command, reply } from '../command.ts';
import { automationCalled } from '../named.ts';
import { asPerson } from '../who.ts';

const automation = { about: 'its name or id' } as const;

async function pathOf(client: Client, called: string): Promise<string> {
  const { id } = await automationCalled(client, called);
  return at`/v1/automations/${id}/action-modes`;
}

export const modes = command({
  example: 'assent automations modes "nightly triage"',
  args: { automation },
  async run({ args }) {
    const client = await asPerson();
    const { answer, names } = await readModes(client, await pathOf(client, args.automation));
    return reply(answer, (shown) => modesText(shown, names, `${args.automation} overrides no mode.`));
  },
});

export const setMode = command({
  example: 'assent automations set-mode "nightly triage" linear:create_issue allow',
  more: "It holds for this automation's sessions, and goes before the organization's mode.",
  args: { automation, key: keyArgument, mode: modeArgument },
  async run({ args }) {
    const client = await asPerson();
    const { answer } = await changeMode(client, await pathOf(client, args.automation), args.key, args.mode);
    return reply(answer, () => `${args.key} is now ${args.mode} for ${args.automation}.`);
  },
});

export const unsetMode = command({
  example: 'assent automations unset-mode "nightly triage" linear:create_issue',
  args: { automation, key: keyArgument },
  async run({ args }) {
    const client = await asPerson();
    const { answer } = await changeMode(client, await pathOf(client, args.automation), args.key, undefined);
    return reply(answer, () => `${args.automation} no longer overrides ${args.key}.`);
  },
});
