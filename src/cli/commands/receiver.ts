import { receiverFlags, receiverSettings, settingsOf } from '../../config/receiver.ts';
import { command, type Flag } from '../command.ts';
import { usage } from '../exit.ts';

/** Every setting is a flag, and its long form one that is not shown. */
const flags = Object.entries(receiverSettings).flatMap(([name, [value, about]]): [string, Flag][] => {
  const [short, long] = receiverFlags(name);
  return [
    [short, { type: 'text', value, about }],
    [long, { type: 'text', value, about, hidden: true }],
  ];
});

export const receiver = command({
  example: 'assent receiver --root ~/work',
  more: `Runs signed action packs until it is stopped. Settings come from action_pack_receiver.conf, which \`assent action-pack
receiver enable\` writes; flags go before them. SIGHUP reads keys and policy anew. Its log, a line of JSON for each pack, goes to
standard error.`,
  flags: Object.fromEntries(flags),
  async run({ flags, json }) {
    if (json) throw usage('`assent receiver` runs until it is stopped, and has no document to print.');
    const { runReceiver } = await import('../../main/receiver.ts');
    await runReceiver(settingsOf(flags), process.env);
    return undefined;
  },
});
