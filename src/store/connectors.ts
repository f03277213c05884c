import { type Database } from './engine/database.ts';
import type { ConnectorRow } from './tables.ts';

/** `null` if the organization already has a connector with that name. */
export async function insertConnector(tx: Database, row: ConnectorRow): Promise<ConnectorRow | null> {
  const inserted = await tx
    .insertInto('org_connectors')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted === undefined ? null : row;
}

export async function findConnector(
  db: Database,
  organizationId: string,
  id: string,
): Promise<ConnectorRow | undefined> {
  return db
    .selectFrom('org_connectors')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
}

export async function listConnectors(db: Database, organizationId: string): Promise<ConnectorRow[]> {
  return db
    .selectFrom('org_connectors')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .execute();
}

export type ConnectorChange = Partial<
  Pick<ConnectorRow, 'name' | 'transport' | 'auth' | 'default_risk' | 'enabled' | 'updated_at'>
>;

/** `undefined` if there is no such connector. A name that another one has throws the engine's unique violation. */
export async function updateConnector(
  tx: Database,
  organizationId: string,
  id: string,
  change: ConnectorChange,
): Promise<ConnectorRow | undefined> {
  return tx
    .updateTable('org_connectors')
    .set(change)
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .returningAll()
    .executeTakeFirst();
}

export async function connectorNameTaken(
  db: Database,
  organizationId: string,
  name: string,
  exceptId: string,
): Promise<boolean> {
  const other = await db
    .selectFrom('org_connectors')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('name', '=', name)
    .where('id', '!=', exceptId)
    .executeTakeFirst();
  return other !== undefined;
}

export async function deleteConnector(tx: Database, organizationId: string, id: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('org_connectors')
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .returning('id')
    .executeTakeFirst();
  return deleted !== undefined;
}
