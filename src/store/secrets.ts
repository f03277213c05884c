import type { Database } from './engine/database.ts';
import type { SecretRow } from './tables.ts';

/** Sets or replaces. */
export async function putSecret(tx: Database, row: SecretRow): Promise<SecretRow> {
  return tx
    .insertInto('secrets')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'key'])
        .doUpdateSet({ sealed: row.sealed, updated_at: row.updated_at }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findSecret(
  db: Database,
  organizationId: string,
  key: string,
): Promise<SecretRow | undefined> {
  return db
    .selectFrom('secrets')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('key', '=', key)
    .executeTakeFirst();
}

export async function listSecrets(db: Database, organizationId: string): Promise<SecretRow[]> {
  return db
    .selectFrom('secrets')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('key')
    .execute();
}

export async function deleteSecret(tx: Database, organizationId: string, key: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('secrets')
    .where('organization_id', '=', organizationId)
    .where('key', '=', key)
    .returning('key')
    .executeTakeFirst();
  return deleted !== undefined;
}
