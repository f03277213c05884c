import { textOfBytes } from '../../lib/byte-text.ts';
import { decodeEnvelope } from '../../pack/envelope.ts';
import type { Pack, Step } from '../../pack/pack.ts';
import { decodePayload } from '../../pack/payload.ts';
import type { ReplyEvent } from '../../pack/read-reply.ts';
import { makePack, signPack } from '../../pack/sign.ts';
import { command, type Reply } from '../command.ts';
import { exit } from '../exit.ts';
import { adviceFor } from '../packs/advice.ts';
import { keyFlag, keyIdOf, signingKey } from '../packs/key-files.ts';
import { allowPutFlag, readInput, readProgram, scriptArgument } from '../packs/program-file.ts';
import { resolveReceiver, toFlag } from '../packs/receivers-file.ts';
import { sendPack } from '../packs/send.ts';
import { timeFlags, ttlOf } from '../packs/times.ts';
import { ReplyWatcher } from '../packs/watch-reply.ts';
import { isWatched, printBytes } from '../print.ts';

export const send = command({
  example: 'assent action-pack send --to testmac restore.sap --renew',
  more: 'A pack runs once on each receiver: --renew gives it a new id and new times, and signs it again with your key.',
  args: { pack: { about: 'a .sap file' } },
  flags: {
    to: toFlag,
    renew: { type: 'switch', about: 'send it as a new pack' },
  },
  async run({ args, flags, json }) {
    const address = resolveReceiver(flags.to);
    const bytes = readInput(args.pack);
    const envelope = flags.renew ? renewed(decodePayload(decodeEnvelope(bytes).payload)) : bytes;
    return sent(address, envelope, json);
  },
});

export const run = command({
  example: 'assent action-pack run --to testmac restore.md',
  args: { script: scriptArgument },
  flags: { to: toFlag, id: keyFlag, ...timeFlags, 'allow-put': allowPutFlag },
  async run({ args, flags, json }) {
    const address = resolveReceiver(flags.to);
    const keyId = keyIdOf(flags.id);
    const ttlMs = ttlOf(flags);
    const program = await readProgram(args.script, flags['allow-put']);
    const pack = makePack(program, { keyId, now: Date.now(), ttlMs });
    return sent(address, signPack(pack, signingKey(keyId)), json);
  },
});

/** The same program for as long again, under a new id. */
function renewed(pack: Pack): Buffer {
  const ttlMs = pack.expiresMs === 0n ? 0 : Number(pack.expiresMs - pack.createdMs);
  const again = makePack(pack, { keyId: pack.keyId, now: Date.now(), ttlMs: Math.max(ttlMs, 0) });
  return signPack(again, signingKey(keyIdOf(pack.keyId)));
}

async function sent(
  address: Parameters<typeof sendPack>[0],
  envelope: Buffer,
  json: boolean,
): Promise<Reply> {
  const record = new Record();
  const watcher = isWatched() && !json ? new ReplyWatcher(stepsOf(envelope)) : undefined;
  const ok = await sendPack(address, envelope, {
    bytes: (piece) => {
      if (watcher === undefined && !json) printBytes(piece);
    },
    event: (event) => {
      watcher?.event(event);
      record.event(event, json);
    },
  }).finally(() => watcher?.end());
  const advice = record.reason === undefined ? undefined : adviceFor(record.reason);
  return {
    json: { ok, ...record.json() },
    text: () => '',
    note: advice,
    exitCode: ok ? exit.done : exit.refused,
  };
}

/** For showing them only: what cannot be read is the receiver's to refuse. */
function stepsOf(envelope: Buffer): readonly Step[] {
  try {
    return decodePayload(decodeEnvelope(envelope).payload).steps;
  } catch {
    return [];
  }
}

/** What a reply said, for the answer to a machine and for advice to people. */
class Record {
  reason: string | undefined;
  #packId: string | undefined;
  #refused: string | undefined;
  readonly #steps: { stdout: string; stderr: string }[] = [];

  event(event: ReplyEvent, keepsOutput: boolean): void {
    if (event.kind === 'accepted') this.#packId = event.packId;
    if (event.kind === 'refused') this.reason = this.#refused = event.reason;
    if (event.kind === 'step') {
      this.#steps.push({ ...event.step, stdout: '', stderr: '' });
      if (event.step.outcome === 'refused') this.reason = event.step.reason;
    }
    const last = this.#steps.at(-1);
    if (event.kind === 'output' && keepsOutput && last !== undefined)
      last[event.stream] += textOfBytes(event.bytes);
  }

  json(): object {
    return { packId: this.#packId ?? null, refused: this.#refused ?? null, steps: this.#steps };
  }
}
