import { publicKeyText } from '../../pack/keys.ts';
import { command, reply } from '../command.ts';
import { keyFlag, keyIdOf, makeKey, signingKey } from '../packs/key-files.ts';

export const keygen = command({
  example: 'assent action-pack keygen --id laptop',
  more: 'Prints the public key, which is all that a receiver needs. A key that is there already is kept.',
  flags: { id: keyFlag },
  async run({ flags }) {
    const id = keyIdOf(flags.id);
    return reply({ id, publicKey: publicKeyText(makeKey(id)) }, ({ publicKey }) => publicKey);
  },
});

export const exportPub = command({
  example: 'assent action-pack export-pub --id laptop',
  flags: { id: keyFlag },
  async run({ flags }) {
    const id = keyIdOf(flags.id);
    return reply({ id, publicKey: publicKeyText(signingKey(id)) }, ({ publicKey }) => publicKey);
  },
});
