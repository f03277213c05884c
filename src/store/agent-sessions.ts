import type { Database } from './engine/database.ts';
import type { AgentSessionRow } from './tables.ts';

export async function insertAgentSession(tx: Database, row: AgentSessionRow): Promise<void> {
  await tx.insertInto('agent_sessions').values(row).execute();
}

export async function findAgentSession(
  db: Database,
  organizationId: string,
  id: string,
): Promise<AgentSessionRow | undefined> {
  return db
    .selectFrom('agent_sessions')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
}

/** Newest first. */
export async function listAgentSessions(db: Database, organizationId: string): Promise<AgentSessionRow[]> {
  return db
    .selectFrom('agent_sessions')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('id', 'desc')
    .limit(1000)
    .execute();
}

/** Revokes a session; a second time changes nothing. */
export async function revokeAgentSession(
  tx: Database,
  organizationId: string,
  id: string,
  now: number,
): Promise<AgentSessionRow | undefined> {
  return tx
    .updateTable('agent_sessions')
    .set((update) => ({ revoked_at: update.fn.coalesce('revoked_at', update.val(now)) }))
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .returningAll()
    .executeTakeFirst();
}

/** Revokes the sessions of a membership that ends; returns their ids. */
export async function revokeSessionsOf(
  tx: Database,
  organizationId: string,
  userId: string,
  now: number,
): Promise<string[]> {
  const rows = await tx
    .updateTable('agent_sessions')
    .set({ revoked_at: now })
    .where('organization_id', '=', organizationId)
    .where('created_by', '=', userId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}
