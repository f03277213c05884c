import { createHash } from 'node:crypto';
import { messageOf } from '../lib/errors.ts';
import { decodeEnvelope } from '../pack/envelope.ts';
import type { KeyPolicy } from '../pack/key-policy.ts';
import type { Pack } from '../pack/pack.ts';
import { decodePayload } from '../pack/payload.ts';
import { verifyEnvelope } from '../pack/verify.ts';
import { Refusal } from './refusal.ts';
import type { Trust } from './trust.ts';

/** Clocks of two machines may differ by this much, in milliseconds. */
export const skewMs = 30_000n;

/** A pack that a trusted key signed, in time, and what that key may do. */
export interface Authorized {
  readonly pack: Pack;
  /** `undefined` where no policy is configured. */
  readonly policy: KeyPolicy | undefined;
}

/** What is known of a request so far, for the log. */
export interface Seen {
  keyId?: string;
  packId?: string;
  payloadSha256?: string;
}

/**
 * Who signed this, and may it run now? Throws `Refusal` with the words of the first check that fails. Nothing in the pack
 * is acted on before its signature is checked. Source: design, action packs, section 4, "Order of checks".
 */
export function authorize(request: Uint8Array, trust: Trust, now: number, seen: Seen): Authorized {
  const envelope = refuseAs('bad envelope', () => decodeEnvelope(request));
  seen.payloadSha256 = createHash('sha256').update(envelope.payload).digest('hex');
  const pack = refuseAs('bad payload', () => decodePayload(envelope.payload));
  seen.keyId = pack.keyId;
  seen.packId = pack.packId;
  const policy = trust.policies?.get(pack.keyId);
  if (trust.policies !== undefined && policy === undefined)
    throw new Refusal(`policy missing for key_id: ${pack.keyId}`);
  const key = trust.keys.get(pack.keyId);
  if (key === undefined) throw new Refusal(`unknown key_id: ${pack.keyId}`);
  refuseAs('signature invalid', () => verifyEnvelope(envelope, key));
  checkTimes(pack, policy, now);
  return { pack, policy };
}

/** Asked again after a wait: a pack may expire while others run. */
export function checkTimes(pack: Pack, policy: KeyPolicy | undefined, now: number): void {
  const { createdMs, expiresMs } = pack;
  if (createdMs !== 0n && createdMs > BigInt(now) + skewMs) throw new Refusal('created_ms in future');
  if (expiresMs !== 0n && BigInt(now) > expiresMs + skewMs) throw new Refusal('pack expired');
  const longest = policy?.maxTtlMs;
  if (longest !== undefined && (expiresMs === 0n || expiresMs - createdMs > BigInt(longest)))
    throw new Refusal(`pack lives longer than max_ttl_ms=${longest}`);
}

function refuseAs<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Refusal(`${what}: ${messageOf(error)}`);
  }
}
