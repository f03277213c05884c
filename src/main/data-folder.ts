import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayConfig } from '../config/gateway.ts';
import { keyFits } from '../gateway/invocations/key-fits.ts';
import { AssentError } from '../lib/errors.ts';
import { sealer } from '../lib/seal.ts';
import { databaseSuffixes } from '../store/engine/copy.ts';
import type { Database } from '../store/engine/database.ts';
import { type DatabaseFile, inspectDatabase } from '../store/engine/inspect.ts';
import { hasOrganization } from '../store/organizations.ts';
import { type Keys, keyFileIn } from './keys.ts';

/** Where a data folder has its embedded database. */
export function databaseIn(dataDir: string): string {
  return join(dataDir, 'assent.db');
}

/** Told before a database is looked through whose size makes that take a while. */
export type TellSlow = (bytes: number) => void;

/** Bytes of a database from which on it is said that it is looked through: about half a second from memory, more from a disk. */
const slowBytes = 256 * 1024 * 1024;

/**
 * Holds an embedded database's folder to what belongs together, before anything is changed in it: a key has its database, and a
 * database its key. `--new` starts a new organization where one of them is missing, and keeps the rest beside; gives where.
 * Throws `AssentError` `database_missing`, `key_missing`, `nothing_missing`, and what `inspectDatabase` throws.
 */
export function settleDataFolder(config: GatewayConfig, tell: TellSlow): string | undefined {
  const { dataDir, startNew = false } = config;
  const path = databaseIn(dataDir);
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes >= slowBytes) tell(bytes);
  const database = inspectDatabase(path);
  const fault = faultOf(config, database);
  if (fault === undefined) {
    if (startNew && database.state === 'filled') throw nothingMissing(dataDir);
    return undefined;
  }
  if (!startNew) throw fault;
  return putAside(path);
}

function faultOf({ dataDir, secretKey }: GatewayConfig, database: DatabaseFile): AssentError | undefined {
  const hasKeyFile = existsSync(keyFileIn(dataDir));
  if (database.state === 'filled') {
    const isOrphan = database.organizations > 0 && !hasKeyFile && secretKey === undefined;
    return isOrphan ? keyMissing(dataDir, databaseIn(dataDir)) : undefined;
  }
  const rest = [
    ...(hasKeyFile ? ['a key (secret.key)'] : []),
    ...(database.hasLog ? ['the log of a database (assent.db-wal)'] : []),
  ];
  if (rest.length === 0) return undefined;
  const what = database.state === 'missing' ? 'no database' : 'an empty database';
  return new AssentError(
    'database_missing',
    `${dataDir} holds ${rest.join(' and ')}, and ${what}. Restore a backup with \`assent restore FILE\`, or start as a new organization all the same with \`assent up --new\`.`,
  );
}

/** Throws `key_missing` where a database in PostgreSQL has an organization, and this gateway no key: it would make another one. */
export async function refuseMissingKey({ dataDir, secretKey }: GatewayConfig, db: Database): Promise<void> {
  if (secretKey !== undefined || existsSync(keyFileIn(dataDir)) || !(await hasOrganization(db))) return;
  throw keyMissing(dataDir, undefined);
}

function keyMissing(dataDir: string, path: string | undefined): AssentError {
  const database = path === undefined ? 'the database' : path;
  const otherwise =
    path === undefined
      ? ', or name another database.'
      : ', restore a backup with `assent restore FILE --force`, or start as a new organization all the same with `assent up --new`: the database is kept beside then.';
  return new AssentError(
    'key_missing',
    `The key to ${database} is missing: there is no ${keyFileIn(dataDir)}, and ASSENT_SECRET_KEY is not set. Put back the key that it was made with${otherwise}`,
  );
}

function nothingMissing(dataDir: string): AssentError {
  return new AssentError(
    'nothing_missing',
    `${dataDir} holds a database and its key: there is nothing to start anew. Leave --new away, or choose another folder with --data-dir.`,
  );
}

/** Throws `wrong_key` where something is sealed in the database, and nothing of it opens. */
export async function refuseWrongKey(
  db: Database,
  keys: Keys,
  { origin, database = 'the database', advice }: KeyWords,
): Promise<void> {
  if (await keyFits(db, sealer(keys.sealing))) return;
  throw new AssentError(
    'wrong_key',
    `The key from ${origin} does not open what is sealed in ${database}. ${advice}`,
  );
}

/** How a key that does not fit is spoken of. */
export interface KeyWords {
  readonly origin: string;
  readonly database?: string;
  readonly advice: string;
}

/** Renames a file, or a database with what belongs to it, so that nothing of it is in the way; gives the new name, if any. */
export function putAside(path: string): string | undefined {
  const aside = `${path}.replaced-${new Date().toISOString().replace(/[-:]/g, '')}`;
  const there = databaseSuffixes.filter((suffix) => existsSync(path + suffix));
  // The log before its database: were this to end between the two, the database would not look whole.
  for (const suffix of there.toReversed()) renameSync(path + suffix, aside + suffix);
  return there.length > 0 ? aside : undefined;
}
