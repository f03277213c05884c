import { writeFileSync } from 'node:fs';
import { makePack, signPack } from '../../pack/sign.ts';
import { command, reply } from '../command.ts';
import { Failure, usage } from '../exit.ts';
import { keyFlag, keyIdOf, signingKey } from '../packs/key-files.ts';
import { allowPutFlag, readProgram, scriptArgument } from '../packs/program-file.ts';
import { timeFlags, ttlOf } from '../packs/times.ts';

export const pack = command({
  example: 'assent action-pack pack restore.md --out restore.sap --ttl-ms 600000',
  more: 'A pack runs once on each receiver. `assent action-pack send --renew` sends it again as a new one.',
  args: { script: scriptArgument },
  flags: {
    out: { type: 'text', value: 'FILE', about: 'where to write the pack' },
    id: keyFlag,
    ...timeFlags,
    'allow-put': allowPutFlag,
  },
  async run({ args, flags }) {
    if (flags.out === undefined) throw usage('--out is missing: where to write the pack.');
    const keyId = keyIdOf(flags.id);
    const ttlMs = ttlOf(flags);
    const program = await readProgram(args.script, flags['allow-put']);
    const made = makePack(program, { keyId, now: Date.now(), ttlMs });
    const bytes = signPack(made, signingKey(keyId));
    write(flags.out, bytes);
    const answer = { packId: made.packId, bytes: bytes.length, keyId, file: flags.out };
    return reply(answer, () => `OK pack_id=${made.packId} bytes=${bytes.length}`);
  },
});

function write(path: string, bytes: Buffer): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new Failure('unwritable', `unable to write: ${path}`, { cause: error });
  }
}
