import { parseAddress } from '../../lib/address.ts';
import { publicKeyText } from '../../pack/keys.ts';
import { columns } from '../columns.ts';
import { command, reply } from '../command.ts';
import { keyFlag, keyIdOf, makeKey } from '../packs/key-files.ts';
import { register as keep, knownReceivers } from '../packs/receivers-file.ts';

const name = { about: 'what to call it here' } as const;
const address = { about: 'where it listens: host:port or [ipv6]:port' } as const;

export const register = command({
  example: 'assent action-pack register testmac 100.101.102.103:5011',
  args: { name, address },
  async run({ args }) {
    keep(args.name, args.address);
    return reply({ name: args.name, address: args.address }, () => 'OK');
  },
});

export const receivers = command({
  example: 'assent action-pack receivers',
  async run() {
    return reply({ receivers: knownReceivers() }, (known) =>
      known.receivers.length === 0
        ? 'No receivers are registered. `assent action-pack pair <name> <host:port>` begins with one.'
        : columns(known.receivers.map((one) => [one.name, one.address])),
    );
  },
});

export const pair = command({
  example: 'assent action-pack pair testmac 100.101.102.103:5011',
  more: 'Makes your key, registers the receiver, and prints what to run on its machine.',
  args: { name, address },
  flags: { id: keyFlag },
  async run({ args, flags }) {
    const id = keyIdOf(flags.id);
    keep(args.name, args.address);
    const publicKey = publicKeyText(makeKey(id));
    const port = parseAddress(args.address)?.port;
    const enable = `assent action-pack receiver enable --listen :${port} --trust ${id} ${publicKey} --root DIR`;
    const answer = {
      name: args.name,
      address: args.address,
      id,
      publicKey,
      commands: [enable, 'assent receiver'],
    };
    return reply(answer, ({ commands }) =>
      [
        `On the machine that ${args.name} is, name the folder that packs may work in:`,
        ...commands.map((one) => `  ${one}`),
      ].join('\n'),
    );
  },
});
