import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { PackError } from './errors.ts';

/** 0x04, then X and Y: the only form a public key travels in (X9.62, uncompressed). */
const pointBytes = 65;
/** The SubjectPublicKeyInfo of every P-256 key up to its point (RFC 5480). */
const spkiPrefix = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

/** A new P-256 private key. */
export function generateKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
}

/** PKCS#8 in PEM, as a key file holds it. */
export function privateKeyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Throws `bad_key` where the text is no private key, or one on another curve. */
export function parsePrivateKey(pem: string): KeyObject {
  const key = attempt(() => createPrivateKey(pem), 'not a private key in PEM');
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new PackError('bad_key', 'not a P-256 key');
  return key;
}

/** The public half, of a private key or by itself, as it is exchanged: base64 of the uncompressed point. */
export function publicKeyText(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ type: 'spki', format: 'der' }).subarray(-pointBytes).toString('base64');
}

/** Throws `bad_key` where the text is not base64 of an uncompressed point that lies on the curve. */
export function parsePublicKey(text: string): KeyObject {
  const point = decodeBase64(text);
  if (point === undefined) throw new PackError('bad_key', 'public key is not base64');
  if (point.length !== pointBytes || point[0] !== 4)
    throw new PackError('bad_key', 'public key is not a 65-byte uncompressed point');
  const key = Buffer.concat([spkiPrefix, point]);
  return attempt(
    () => createPublicKey({ key, format: 'der', type: 'spki' }),
    'public key is not on the curve',
  );
}

function attempt(make: () => KeyObject, otherwise: string): KeyObject {
  try {
    return make();
  } catch (error) {
    throw new PackError('bad_key', otherwise, { cause: error });
  }
}

/**
 * Base64 as key files have always been read: blanks and line ends do not count, nor do missing paddings; the URL alphabet
 * is refused. Each padding takes a byte from what the digits and paddings together amount to. `undefined` where it is none.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const match = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(text.replace(/[ \t\r\n]/g, ''));
  if (match === null) return undefined;
  const [, digits = '', padding = ''] = match;
  const length = Math.floor(((digits.length + padding.length) * 6) / 8) - padding.length;
  return length < 0 ? undefined : Buffer.from(digits, 'base64').subarray(0, length);
}
