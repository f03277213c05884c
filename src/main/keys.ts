import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AssentError } from '../lib/errors.ts';
import { writePrivateFile } from '../lib/private-file.ts';
import { Secret } from '../lib/secret.ts';

/** Everything secret that the gateway derives from its one key. */
export interface Keys {
  /** For `lib/seal`: 32 bytes. */
  readonly sealing: Uint8Array;
  /** For the hashes of requests under an idempotency key: 32 bytes. */
  readonly requests: Uint8Array;
  /** For the hashes of what is tried to sign in: 32 bytes. */
  readonly attempts: Uint8Array;
  /** Signs the cookies of browser sessions. */
  readonly cookies: Secret;
}

/**
 * From `ASSENT_SECRET_KEY`, or from the file `secret.key` in the data folder, made at the first start.
 * Throws `bad_key` where the variable is no key, or the file is open to others.
 */
export function gatewayKeys(dataDir: string, fromEnvironment: Secret | undefined): Keys {
  const path = keyFileIn(dataDir);
  if (fromEnvironment === undefined && !existsSync(path))
    writePrivateFile(path, `${randomBytes(32).toString('base64')}\n`);
  return keysFrom(path, fromEnvironment);
}

/** Where a data folder has its key, unless the environment has it. */
export function keyFileIn(dataDir: string): string {
  return join(dataDir, 'secret.key');
}

/** The same without making one: from the environment if it is there, else from this file. */
export function keysFrom(path: string, fromEnvironment: Secret | undefined): Keys {
  const root =
    fromEnvironment === undefined ? fromFile(path) : fromText(fromEnvironment.reveal(), 'ASSENT_SECRET_KEY');
  return {
    sealing: new Uint8Array(hkdfSync('sha256', root, '', 'assent sealing v1', 32)),
    requests: new Uint8Array(hkdfSync('sha256', root, '', 'assent requests v1', 32)),
    attempts: new Uint8Array(hkdfSync('sha256', root, '', 'assent attempts v1', 32)),
    cookies: new Secret(createHmac('sha256', root).update('assent cookies v1').digest('base64url')),
  };
}

function fromFile(path: string): Buffer {
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new AssentError(
      'bad_key',
      `${path} can be read by others. Make it your own with: chmod 600 ${path}`,
    );
  }
  return fromText(readFileSync(path, 'utf8').trim(), path);
}

function fromText(text: string, origin: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length === 32) return key;
  throw new AssentError(
    'bad_key',
    `${origin} does not hold 32 bytes in base64 or hex. Make some with: openssl rand -base64 32`,
  );
}
