import type { Database } from './engine/database.ts';
import { toMoment } from './engine/moments.ts';
import type { OrganizationRow } from './tables.ts';

export async function findOrganization(db: Database, id: string): Promise<OrganizationRow | undefined> {
  return db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findOrganizationBySlug(
  db: Database,
  slug: string,
): Promise<OrganizationRow | undefined> {
  return db.selectFrom('organization').selectAll().where('slug', '=', slug).executeTakeFirst();
}

/** `false` if there already is one with that slug. */
export async function insertOrganization(
  tx: Database,
  row: { readonly id: string; readonly name: string; readonly slug: string },
  now: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('organization')
    .values({ ...row, logo: null, metadata: null, action_modes: '{}', createdAt: toMoment(tx, now) })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Whether anybody belongs to this database: it has an organization. */
export async function hasOrganization(db: Database): Promise<boolean> {
  return (await db.selectFrom('organization').select('id').limit(1).executeTakeFirst()) !== undefined;
}
