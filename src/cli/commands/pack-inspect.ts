import { createHash, type KeyObject } from 'node:crypto';
import { isoTime } from '../../lib/clock.ts';
import { decodeEnvelope, type Envelope } from '../../pack/envelope.ts';
import type { Pack, Step } from '../../pack/pack.ts';
import { decodePayload } from '../../pack/payload.ts';
import { verifyEnvelope } from '../../pack/verify.ts';
import { visible } from '../../shared/odd-characters.ts';
import { facts } from '../columns.ts';
import { command, type Reply } from '../command.ts';
import { signingKey } from '../packs/key-files.ts';
import { readInput } from '../packs/program-file.ts';
import { stepText } from '../packs/step-text.ts';
import { localTime } from '../when.ts';

export const inspect = command({
  example: 'assent action-pack inspect restore.sap',
  more: 'Shows all that a receiver would be asked to do. The signature is checked where the key is one of yours.',
  args: { pack: { about: 'a .sap file' } },
  async run({ args }): Promise<Reply> {
    const bytes = readInput(args.pack);
    const envelope = decodeEnvelope(bytes);
    const pack = decodePayload(envelope.payload);
    const signature = signatureState(envelope, pack.keyId);
    const sha256 = createHash('sha256').update(envelope.payload).digest('hex');
    const json = {
      packId: pack.packId,
      keyId: pack.keyId,
      signature,
      createdAt: timeOf(pack.createdMs),
      expiresAt: pack.expiresMs === 0n ? null : timeOf(pack.expiresMs),
      bytes: bytes.length,
      payloadSha256: sha256,
      env: Object.fromEntries(pack.env),
      steps: pack.steps.map(stepJson),
    };
    return { json, text: () => text(pack, { bytes: bytes.length, sha256, signature }) };
  },
});

type SignatureState = 'valid' | 'invalid' | 'not checked';

/** By this machine's own key of that id: nobody else's is here. */
function signatureState(envelope: Envelope, keyId: string): SignatureState {
  let key: KeyObject;
  try {
    key = signingKey(keyId);
  } catch {
    return 'not checked';
  }
  try {
    verifyEnvelope(envelope, key);
    return 'valid';
  } catch {
    return 'invalid';
  }
}

function text(pack: Pack, about: { bytes: number; sha256: string; signature: SignatureState }): string {
  const head = facts({
    pack: pack.packId,
    key: `${visible(pack.keyId)} (signature ${about.signature})`,
    created: localTimeOf(pack.createdMs),
    expires: pack.expiresMs === 0n ? 'never' : localTimeOf(pack.expiresMs),
    size: `${about.bytes} bytes`,
    sha256: about.sha256,
    env: [...pack.env].map(([key, value]) => visible(`${key}=${value}`)).join(' ') || undefined,
  });
  return [head, ...pack.steps.map((step, at) => `  ${at}  ${stepText(step)}${conditions(step)}`)].join('\n');
}

function conditions(step: Step): string {
  if (step.op === 'write') return '';
  const cwd = step.cwd === '' ? '' : `\n     in ${visible(step.cwd)}`;
  return `${cwd}${step.timeoutMs === 0 ? '' : `\n     at most ${step.timeoutMs} ms`}`;
}

function stepJson(step: Step): object {
  if (step.op === 'exec') return step;
  const sha256 = createHash('sha256').update(step.data).digest('hex');
  return { op: step.op, path: step.path, mode: step.mode, bytes: step.data.length, sha256 };
}

/** ISO 8601; a number of milliseconds that is beyond all dates stays a number. */
function timeOf(ms: bigint): string {
  return ms <= lastDate ? isoTime(Number(ms)) : String(ms);
}

function localTimeOf(ms: bigint): string {
  return ms <= lastDate ? localTime(timeOf(ms)) : `${ms} ms`;
}

/** The last moment that JavaScript has a date for. */
const lastDate = 8_640_000_000_000_000n;
