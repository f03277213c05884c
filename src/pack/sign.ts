import { type KeyObject, randomBytes, sign } from 'node:crypto';
import { type Envelope, encodeEnvelope } from './envelope.ts';
import type { Pack, Program } from './pack.ts';
import { encodePayload } from './payload.ts';

export interface PackOptions {
  readonly keyId: string;
  /** When it is made, in milliseconds since the epoch. */
  readonly now: number;
  /** How long it may be run, in milliseconds; 0 is for ever. */
  readonly ttlMs: number;
}

/**
 * A pack of this program that can be run once: a new id, and times from `now` on, in milliseconds.
 *
 * ```ts
 * import { compileScript, generateKey, makePack, signPack } from 'assent/pack';
 *
 * const program = compileScript('exec /usr/bin/uptime', { readSource: () => undefined });
 * const pack = makePack(program, { keyId: 'default', now: Date.now(), ttlMs: 300_000 });
 * const bytes = signPack(pack, generateKey());
 * console.log(bytes.subarray(0, 4).toString()); // SAP1
 * ```
 */
export function makePack(program: Program, { keyId, now, ttlMs }: PackOptions): Pack {
  return {
    keyId,
    packId: randomBytes(16).toString('hex'),
    createdMs: BigInt(now),
    expiresMs: ttlMs === 0 ? 0n : BigInt(now) + BigInt(ttlMs),
    env: program.env,
    steps: program.steps,
  };
}

/** The bytes of a `.sap` file. Throws `bad_payload` where the pack does not fit the format. */
export function signPack(pack: Pack, key: KeyObject): Buffer {
  return encodeEnvelope(signPayload(encodePayload(pack), key));
}

export function signPayload(payload: Uint8Array, key: KeyObject): Envelope {
  return { payload, signature: sign('sha256', payload, { key, dsaEncoding: 'der' }) };
}
