import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Client } from 'pg';
import type { StoreLocation } from '../../src/store/engine/open.ts';
import { defer } from './cleanup-stack.ts';
import { scratchFolder } from './scratch.ts';

/** An engine that the whole suite runs on; `skip` says why it cannot here. */
export interface TestEngine {
  readonly name: 'sqlite' | 'postgres';
  readonly skip: string | false;
  /** A new, empty database, gone after the test. */
  fresh(t: Pick<TestContext, 'after'>): Promise<StoreLocation>;
}

const adminUrl = process.env.DATABASE_URL;

export const engines: readonly TestEngine[] = [
  {
    name: 'sqlite',
    skip: false,
    fresh: async (t) => ({ engine: 'sqlite', path: join(scratchFolder(t), 'assent.db') }),
  },
  {
    name: 'postgres',
    skip: adminUrl
      ? false
      : 'no PostgreSQL here: set DATABASE_URL, or run `npm test`, which starts one where its binaries are installed',
    fresh: freshPostgres,
  },
];

async function freshPostgres(t: Pick<TestContext, 'after'>): Promise<StoreLocation> {
  if (!adminUrl) throw new TypeError('the engine is skipped without DATABASE_URL');
  const name = `assent_test_${randomBytes(8).toString('hex')}`;
  await withAdmin(adminUrl, (client) => client.query(`create database ${name}`));
  defer(t, () =>
    withAdmin(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`)),
  );
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { engine: 'postgres', url: url.href };
}

async function withAdmin(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
