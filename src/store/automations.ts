import type { Database } from './engine/database.ts';
import type { AutomationRow } from './tables.ts';

export async function insertAutomation(tx: Database, row: AutomationRow): Promise<AutomationRow | null> {
  const inserted = await tx
    .insertInto('automations')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted === undefined ? null : row;
}

export async function findAutomation(
  db: Database,
  organizationId: string,
  id: string,
): Promise<AutomationRow | undefined> {
  return db
    .selectFrom('automations')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
}

export async function listAutomations(db: Database, organizationId: string): Promise<AutomationRow[]> {
  return db
    .selectFrom('automations')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .execute();
}

/** Its sessions and invocations keep its id: what was done under it stays on record. */
export async function deleteAutomation(tx: Database, organizationId: string, id: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('automations')
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .returning('id')
    .executeTakeFirst();
  return deleted !== undefined;
}
