import { type Kysely, PostgresAdapter } from 'kysely';
import type { Tables } from '../tables.ts';

/** A connection, or a transaction on one. Every function of the store takes it first. */
export type Database = Kysely<Tables>;

/**
 * How far a write has come when its promise resolves: `synced` survives the power cut, `committed` is seen by everybody, and
 * survives it if anything synced later does.
 */
export type Durability = 'synced' | 'committed';

/** Runs a unit of work that is done whole or not at all; `synced` unless less is asked for. */
export type Write = <Result>(
  unit: (tx: Database) => Promise<Result>,
  durability?: Durability,
) => Promise<Result>;

export type Engine = 'sqlite' | 'postgres';

export function engineOf(db: Database): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}

/**
 * Holds a row for the rest of the transaction, so that what is counted beneath it cannot change meanwhile.
 * SQLite has one writer, and needs no lock.
 */
export async function lockRow(
  tx: Database,
  table: 'agent_sessions' | 'organization' | 'automations' | 'org_connectors' | 'auth_user' | 'grants',
  id: string,
): Promise<void> {
  if (engineOf(tx) === 'sqlite') return;
  await tx.selectFrom(table).select('id').where('id', '=', id).forUpdate().execute();
}
