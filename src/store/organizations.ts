import type { Database } from './database.ts';
import { toMoment } from './moments.ts';
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

export async function insertOrganization(
  tx: Database,
  row: { readonly id: string; readonly name: string; readonly slug: string },
  now: number,
): Promise<void> {
  await tx
    .insertInto('organization')
    .values({ ...row, logo: null, metadata: null, action_modes: '{}', createdAt: toMoment(tx, now) })
    .execute();
}
