import { type KeyObject, verify } from 'node:crypto';
import type { Envelope } from './envelope.ts';
import { PackError } from './errors.ts';

/**
 * Throws `bad_signature` unless this key made the signature over the payload: ECDSA over P-256 and SHA-256, strict DER.
 * The key is parsed once, and passed in parsed: reading it costs as much as verifying.
 *
 * ```ts
 * import { decodeEnvelope, decodePayload, parsePublicKey, verifyEnvelope } from 'assent/pack';
 *
 * export function packOf(bytes: Uint8Array, publicKey: string) {
 *   const envelope = decodeEnvelope(bytes);
 *   verifyEnvelope(envelope, parsePublicKey(publicKey));
 *   return decodePayload(envelope.payload);
 * }
 * ```
 */
export function verifyEnvelope({ payload, signature }: Envelope, key: KeyObject): void {
  if (!verify('sha256', payload, { key, dsaEncoding: 'der' }, signature))
    throw new PackError('bad_signature', 'signature invalid');
}
