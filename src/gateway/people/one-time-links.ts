import { randomBytes } from 'node:crypto';
import { sha256 } from '../../lib/hash.ts';
import { Secret } from '../../lib/secret.ts';
import type { Database } from '../../store/engine/database.ts';
import { insertLink } from '../../store/one-time-links.ts';
import type { OneTimeLinkRow } from '../../store/tables.ts';

/** The secret of a new link or ticket: 256 random bits, stored as a hash, good for one use until it expires. */
export async function newLink(
  tx: Database,
  link: Omit<OneTimeLinkRow, 'token_hash' | 'used_at'>,
): Promise<Secret> {
  const secret = randomBytes(32).toString('base64url');
  await insertLink(tx, { ...link, token_hash: sha256(secret), used_at: null });
  return new Secret(secret);
}
