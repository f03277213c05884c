import { sql } from 'kysely';
import type { Database } from './engine/database.ts';
import type { SessionRefusalRow } from './tables.ts';

/** Adds to what is counted already. One statement, so that the counts are exact however many gateways add at once. */
export async function addRefusals(tx: Database, rows: readonly SessionRefusalRow[]): Promise<void> {
  await tx
    .insertInto('session_refusals')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['session_id', 'code']).doUpdateSet({
        count: sql`session_refusals.count + excluded.count`,
        last_at: sql`case when excluded.last_at > session_refusals.last_at
          then excluded.last_at else session_refusals.last_at end`,
      }),
    )
    .execute();
}

/** A session's, by code. */
export async function listRefusals(db: Database, sessionId: string): Promise<SessionRefusalRow[]> {
  return db
    .selectFrom('session_refusals')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('code')
    .execute();
}

/** Those of all sessions of an organization from the one with this id to the newest, by code. */
export async function listRefusalsFrom(
  db: Database,
  organizationId: string,
  oldestId: string,
): Promise<SessionRefusalRow[]> {
  return db
    .selectFrom('session_refusals')
    .innerJoin('agent_sessions', 'agent_sessions.id', 'session_refusals.session_id')
    .selectAll('session_refusals')
    .where('agent_sessions.organization_id', '=', organizationId)
    .where('agent_sessions.id', '>=', oldestId)
    .orderBy('session_refusals.code')
    .execute();
}
