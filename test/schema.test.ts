import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import type { Database } from '../src/store/engine/database.ts';
import { openStore } from '../src/store/engine/open.ts';
import { defer } from './support/cleanup-stack.ts';
import { engines, type TestEngine } from './support/databases.ts';

/** What the migrations come to, one line for each column and index, in the engine's own words. */
const dumps: Readonly<Record<TestEngine['name'], (db: Database) => Promise<string[]>>> = {
  sqlite: async (db) => {
    const { rows } = await sql<{ sql: string }>`
      select sql from sqlite_master where sql is not null and name not like 'kysely_%' order by type desc, name`.execute(
      db,
    );
    return rows.map((row) => `${row.sql};`);
  },
  postgres: async (db) => {
    const columns = await sql<{ line: string }>`
      select table_name || '.' || column_name || ' ' || data_type || case is_nullable when 'NO' then ' not null' else '' end
        || coalesce(' default ' || column_default, '') as line
      from information_schema.columns where table_schema = 'public' and table_name not like 'kysely_%'
      order by table_name, ordinal_position`.execute(db);
    const indexes = await sql<{ line: string }>`
      select indexdef as line from pg_indexes where schemaname = 'public' and tablename not like 'kysely_%'
      order by tablename, indexname`.execute(db);
    return [...columns.rows, ...indexes.rows].map((row) => row.line);
  },
};

for (const engine of engines) {
  describe(`schema on ${engine.name}`, { skip: engine.skip }, () => {
    test('is what stands in the repository', async (t) => {
      const store = await openStore(await engine.fresh(t));
      defer(t, () => store.close());
      const dump = `${(await dumps[engine.name](store.db)).join('\n')}\n`;
      const path = join(import.meta.dirname, '..', 'src', 'store', 'schema', `${engine.name}.sql`);
      if (process.env.UPDATE_SCHEMA === '1') writeFileSync(path, dump);
      assert.equal(dump, readFileSync(path, 'utf8'), 'after a new migration, run: UPDATE_SCHEMA=1 npm test');
    });
  });
}
