import { existsSync, renameSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { GatewayConfig } from '../config/gateway.ts';
import { AssentError, codeOf } from '../lib/errors.ts';
import { copyDatabase, type Progress } from '../store/engine/copy.ts';
import { databaseAt, inspectDatabase } from '../store/engine/inspect.ts';
import { unknownMigration } from '../store/engine/migrate.ts';
import { openForReading } from '../store/engine/open.ts';
import { copyKey, discard, syncPath, writing } from './backup-files.ts';
import { checkTargets } from './backup-targets.ts';
import { databaseIn, refuseWrongKey } from './data-folder.ts';
import { keyFileIn, keysFrom } from './keys.ts';

/** A copy that is whole, and has been looked through. */
export interface Backup {
  readonly file: string;
  /** `null` where the gateway has its key from elsewhere. */
  readonly keyFile: string | null;
  readonly bytes: number;
  readonly organizations: number;
}

export interface BackupOptions {
  readonly force: boolean;
  readonly progress?: Progress;
}

/**
 * `assent backup`: copies the embedded database, whether a gateway is at work on it or not, and its key beside it. The copy gets
 * its name when it is whole, looked through, and on the disk. Throws `AssentError` with what to do.
 */
export async function backup(
  config: GatewayConfig,
  name: string,
  { force, progress }: BackupOptions,
): Promise<Backup> {
  refusePostgres(config);
  const from = databaseIn(config.dataDir);
  if (!hasBytes(from)) throw databaseMissing(config.dataDir);
  const file = resolve(name);
  const keyFile =
    config.secretKey === undefined && existsSync(keyFileIn(config.dataDir)) ? `${file}.key` : null;
  checkTargets([file, ...(keyFile === null ? [] : [keyFile])], config.dataDir, force);
  const [copy, keyCopy] = [`${file}.unfinished`, `${file}.key.unfinished`];
  try {
    await writing(file, () => copyDatabase(from, copy, { progress }));
    const organizations = await verified(config, from, copy);
    // The file gets its name last: where it is there, its key is.
    if (keyFile !== null) await writing(keyFile, () => copyKey(keyFileIn(config.dataDir), keyCopy));
    await writing(file, () => {
      if (keyFile !== null) renameSync(keyCopy, keyFile);
      renameSync(copy, file);
      syncPath(dirname(file));
    });
    return { file, keyFile, bytes: statSync(file).size, organizations };
  } catch (error) {
    // What is there then belongs to another backup, which goes on.
    if (codeOf(error) !== 'backup_failed') discard(copy, keyCopy);
    throw error;
  }
}

function refusePostgres({ databaseUrl, dataDir }: GatewayConfig): void {
  if (databaseUrl === undefined) return;
  throw new AssentError(
    'not_embedded',
    `The gateway keeps its data in PostgreSQL: back it up with pg_dump. Keep the key with it, which is ${keyFileIn(dataDir)} or ASSENT_SECRET_KEY: without it, stored secrets do not open.`,
  );
}

function hasBytes(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function databaseMissing(dataDir: string): AssentError {
  return new AssentError(
    'database_missing',
    `There is no database in ${dataDir}. Say where the gateway keeps it with --data-dir.`,
  );
}

/** How many organizations the copy holds. Throws `damaged`, `newer`, `database_missing` and `wrong_key`. */
async function verified(config: GatewayConfig, from: string, copy: string): Promise<number> {
  const content = inspectDatabase(copy, databaseAt(from));
  if (content.state !== 'filled' || content.organizations === 0) throw databaseMissing(config.dataDir);
  const unknown = unknownMigration(content.migrations);
  if (unknown !== undefined)
    throw new AssentError(
      'newer',
      `The database is of a newer version of Assent (it has the migration "${unknown}"). Back it up with that version.`,
    );
  await checkKey(config, from, copy);
  return content.organizations;
}

async function checkKey({ dataDir, secretKey }: GatewayConfig, from: string, copy: string): Promise<void> {
  const keyFile = keyFileIn(dataDir);
  if (secretKey === undefined && !existsSync(keyFile)) return;
  const db = openForReading(copy);
  try {
    await refuseWrongKey(db, keysFrom(keyFile, secretKey), {
      origin: secretKey === undefined ? keyFile : 'ASSENT_SECRET_KEY',
      database: from,
      advice: 'Set ASSENT_SECRET_KEY to the key that the gateway runs with, then back it up again.',
    });
  } finally {
    await db.destroy();
  }
}
