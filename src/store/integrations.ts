import type { Database } from './engine/database.ts';
import type { IntegrationRow } from './tables.ts';

/** Sets or replaces. */
export async function putIntegration(tx: Database, row: IntegrationRow): Promise<IntegrationRow> {
  const { base_url, sealed_token, updated_at } = row;
  return tx
    .insertInto('integrations')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'provider']).doUpdateSet({ base_url, sealed_token, updated_at }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findIntegration(
  db: Database,
  organizationId: string,
  provider: string,
): Promise<IntegrationRow | undefined> {
  return db
    .selectFrom('integrations')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('provider', '=', provider)
    .executeTakeFirst();
}

export async function listIntegrations(db: Database, organizationId: string): Promise<IntegrationRow[]> {
  return db
    .selectFrom('integrations')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('provider')
    .execute();
}

export async function deleteIntegration(
  tx: Database,
  organizationId: string,
  provider: string,
): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('integrations')
    .where('organization_id', '=', organizationId)
    .where('provider', '=', provider)
    .returning('provider')
    .executeTakeFirst();
  return deleted !== undefined;
}
