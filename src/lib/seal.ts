import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AssentError } from './errors.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Authenticated encryption of what the database keeps but must not show: AES-256-GCM, a fresh nonce each time.
 * `context` names the place the text belongs to (`secret:<org>:<key>`), so that a ciphertext moved to another row does not open.
 */
export interface Sealer {
  seal(text: string, context: string): string;
  /** Throws `AssentError` `unsealable` where key, context or bytes do not fit. */
  open(sealed: string, context: string): string;
}

/** `key` is 32 bytes. */
export function sealer(key: Uint8Array): Sealer {
  if (key.length !== 32) throw new TypeError('a sealing key has 32 bytes');
  return {
    seal(text, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes.length < nonceBytes + tagBytes) throw unsealable();
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const body = decipher.update(bytes.subarray(nonceBytes + tagBytes));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        throw unsealable();
      }
    },
  };
}

function unsealable(): AssentError<'unsealable'> {
  return new AssentError(
    'unsealable',
    'A stored secret does not open with this key. Start with the ASSENT_SECRET_KEY (or secret.key file) that it was stored with.',
  );
}
