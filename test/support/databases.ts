import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Pool } from 'pg';
import { openStore, type StoreLocation } from '../../src/store/engine/open.ts';
import { defer } from './cleanup-stack.ts';
import { scratchFolder } from './scratch.ts';

/** An engine that the whole suite runs on; `skip` says why it cannot here. */
export interface TestEngine {
  readonly name: 'sqlite' | 'postgres';
  readonly skip: string | false;
  /** A new, empty database, gone after the test. */
  fresh(t: Pick<TestContext, 'after'>): Promise<StoreLocation>;
  /** The same, as a gateway has it after its first start, where that takes long. */
  migrated(t: Pick<TestContext, 'after'>): Promise<StoreLocation>;
}

const adminUrl = process.env.DATABASE_URL;
const admin = adminUrl ? connect(adminUrl) : undefined;

/** The database that `makeTemplate` made: of PostgreSQL, migrating takes ten times as long as copying. */
const template = process.env.ASSENT_TEST_TEMPLATE;

const freshSqlite: TestEngine['fresh'] = async (t) => ({
  engine: 'sqlite',
  path: join(scratchFolder(t), 'assent.db'),
});

export const engines: readonly TestEngine[] = [
  { name: 'sqlite', skip: false, fresh: freshSqlite, migrated: freshSqlite },
  {
    name: 'postgres',
    skip: adminUrl
      ? false
      : 'no PostgreSQL here: set DATABASE_URL, or run `npm test`, which starts one where its binaries are installed',
    fresh: (t) => freshPostgres(t, ''),
    migrated: (t) => freshPostgres(t, template ? ` template ${template}` : ''),
  },
];

async function freshPostgres(t: Pick<TestContext, 'after'>, like: string): Promise<StoreLocation> {
  if (!adminUrl || !admin) throw new TypeError('the engine is skipped without DATABASE_URL');
  const name = newName();
  await admin.query(`create database ${name}${like}`);
  defer(t, () => admin.query(`drop database if exists ${name} with (force)`));
  return { engine: 'postgres', url: urlOf(adminUrl, name) };
}

/** A migrated database to copy, by its name, and how to be rid of it. */
export async function makeTemplate(url: string): Promise<{ name: string; drop: () => Promise<void> }> {
  const pool = connect(url);
  const name = newName();
  await pool.query(`create database ${name}`);
  const store = await openStore({ engine: 'postgres', url: urlOf(url, name) });
  await store.close();
  const drop = async () => {
    await pool.query(`drop database ${name}`);
    await pool.end();
  };
  return { name, drop };
}

/** Kept open, since connecting takes longer than making a database; it does not keep the process. */
function connect(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 2, allowExitOnIdle: true, idleTimeoutMillis: 0 });
  // The server may end first.
  pool.on('error', () => undefined);
  return pool;
}

const newName = () => `assent_test_${randomBytes(8).toString('hex')}`;

function urlOf(admin: string, name: string): string {
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}
