import { existsSync, readFileSync, renameSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GatewayConfig } from '../config/gateway.ts';
import { AssentError } from '../lib/errors.ts';
import { copyDatabase, type Progress } from '../store/engine/copy.ts';
import { inspectDatabase } from '../store/engine/inspect.ts';
import { unknownMigration } from '../store/engine/migrate.ts';
import { openForReading } from '../store/engine/open.ts';
import { copyKey, discard, syncPath, writing } from './backup-files.ts';
import { databaseIn, putAside, refuseWrongKey } from './data-folder.ts';
import { keyFileIn, keysFrom } from './keys.ts';
import { lockDataFolder } from './lock.ts';
import { makeDataFolder } from './open-database.ts';

/** What a data folder holds after a restore, and where that is now which was there before. */
export interface Restored {
  readonly database: string;
  readonly organizations: number;
  readonly replaced: string | null;
  readonly replacedKey: string | null;
}

export interface RestoreOptions {
  readonly force: boolean;
  readonly progress?: Progress;
}

/**
 * `assent restore`: makes a backup the database of a data folder on which no gateway runs. It is looked through first, with the
 * key that it will be opened with: nothing in the folder is changed before that. Throws `AssentError` with what to do.
 */
export async function restore(
  config: GatewayConfig,
  name: string,
  options: RestoreOptions,
): Promise<Restored> {
  refusePostgres(config);
  const file = resolve(name);
  if (!existsSync(file)) throw new AssentError('not_found', `There is no file ${file}. Name a backup.`);
  makeDataFolder(config.dataDir);
  const lock = lockDataFolder(config.dataDir);
  const copy = `${databaseIn(config.dataDir)}.unfinished`;
  try {
    return await restoreLocked(config, file, copy, options);
  } finally {
    discard(copy, keyCopyIn(config.dataDir));
    lock.release();
  }
}

async function restoreLocked(
  config: GatewayConfig,
  file: string,
  copy: string,
  { force, progress }: RestoreOptions,
): Promise<Restored> {
  const { dataDir } = config;
  const database = databaseIn(dataDir);
  if (!force) refuseDatabase(dataDir);
  const subject = { name: `The backup ${file}`, advice: 'Restore another one.' };
  await writing(dataDir, () => copyDatabase(file, copy, { subject, progress }));
  const content = inspectDatabase(copy, subject);
  if (content.state !== 'filled' || content.organizations === 0 || content.migrations.length === 0)
    throw new AssentError(
      'no_backup',
      `${file} is no backup of Assent. Name a file that \`assent backup\` made.`,
    );
  refuseNewer(file, content.migrations);
  const newKey = await keyToInstall(config, file, copy, force);
  if (newKey !== undefined) await writing(dataDir, () => copyKey(newKey, keyCopyIn(dataDir)));
  const replaced = putAside(database) ?? null;
  const replacedKey = newKey === undefined ? null : (putAside(keyFileIn(dataDir)) ?? null);
  if (newKey !== undefined) renameSync(keyCopyIn(dataDir), keyFileIn(dataDir));
  renameSync(copy, database);
  syncPath(dataDir);
  return { database, organizations: content.organizations, replaced, replacedKey };
}

/** Where a key stands until all that is restored can be put in its place. */
function keyCopyIn(dataDir: string): string {
  return `${keyFileIn(dataDir)}.unfinished`;
}

function refusePostgres({ databaseUrl, dataDir }: GatewayConfig): void {
  if (databaseUrl === undefined) return;
  throw new AssentError(
    'not_embedded',
    `The gateway keeps its data in PostgreSQL: restore that with pg_restore or psql, and its key to ${keyFileIn(dataDir)} or ASSENT_SECRET_KEY.`,
  );
}

/** One that is damaged is there, too. */
function refuseDatabase(dataDir: string): void {
  const content = inspectDatabase(databaseIn(dataDir));
  if (content.state !== 'filled' && !content.hasLog) return;
  throw new AssentError(
    'exists',
    `${dataDir} holds a database already. Choose another folder with --data-dir, or replace it with --force: it is kept beside then.`,
  );
}

function refuseNewer(file: string, migrations: readonly string[]): void {
  const unknown = unknownMigration(migrations);
  if (unknown === undefined) return;
  throw new AssentError(
    'newer',
    `${file} is of a newer version of Assent (it has the migration "${unknown}"). Restore it with that version.`,
  );
}

/**
 * Checks the key that the database will be opened with: the environment's, the one beside the backup, or the folder's own.
 * Gives the file that becomes the folder's, where it is not there already. Throws `key_missing`, `wrong_key`, `exists`.
 */
async function keyToInstall(
  { dataDir, secretKey }: GatewayConfig,
  file: string,
  copy: string,
  force: boolean,
): Promise<string | undefined> {
  const [beside, own] = [`${file}.key`, keyFileIn(dataDir)];
  const keyFile = existsSync(beside) ? beside : own;
  if (secretKey === undefined && !existsSync(keyFile)) throw keyMissing(file);
  const db = openForReading(copy);
  try {
    await refuseWrongKey(db, keysFrom(keyFile, secretKey), {
      origin: secretKey === undefined ? keyFile : 'ASSENT_SECRET_KEY',
      database: file,
      advice: `Put the key that belongs to it beside it as ${beside}, or set ASSENT_SECRET_KEY to it.`,
    });
  } finally {
    await db.destroy();
  }
  if (secretKey !== undefined || keyFile === own || sameText(beside, own)) return undefined;
  if (existsSync(own) && !force)
    throw new AssentError(
      'exists',
      `${own} is another key than that of the backup. Choose another folder with --data-dir, or replace it with --force: it is kept beside then.`,
    );
  return beside;
}

function keyMissing(file: string): AssentError {
  return new AssentError(
    'key_missing',
    `There is no key for ${file}. Put it beside it as ${file}.key, or set ASSENT_SECRET_KEY to it: without its key, the secrets in it do not open.`,
  );
}

function sameText(one: string, other: string): boolean {
  return existsSync(other) && readFileSync(one, 'utf8').trim() === readFileSync(other, 'utf8').trim();
}
