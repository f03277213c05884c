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
