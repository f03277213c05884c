import { sql } from 'kysely';
import type { GrantKind, SignInMethod } from '../contract/ways-in.ts';
import { type Database, lockRow } from './engine/database.ts';
import type { GrantRow } from './tables.ts';

export async function insertGrant(tx: Database, row: GrantRow): Promise<void> {
  await tx.insertInto('grants').values(row).execute();
}

export async function findGrant(db: Database, id: string): Promise<GrantRow | undefined> {
  return db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The same, held for the rest of the transaction: it cannot end before what is made from it is there to end with it. */
export async function holdGrant(tx: Database, id: string): Promise<GrantRow | undefined> {
  await lockRow(tx, 'grants', id);
  return findGrant(tx, id);
}

/** Those of a person that have not ended and whose time is not over; the oldest first. */
export async function listGrants(db: Database, userId: string, now: number): Promise<GrantRow[]> {
  return db
    .selectFrom('grants')
    .selectAll()
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Ids of a person's grants that have not ended: all, or those that hold for one organization alone. */
export async function liveGrantIds(tx: Database, userId: string, organizationId?: string): Promise<string[]> {
  let query = tx
    .selectFrom('grants')
    .select('id')
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null);
  if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId);
  return (await query.execute()).map(({ id }) => id);
}

/** Ends grants, and says which had not ended before. */
export async function endGrantRows(tx: Database, ids: readonly string[], now: number): Promise<GrantRow[]> {
  if (ids.length === 0) return [];
  return tx
    .updateTable('grants')
    .set({ ended_at: now })
    .where('id', 'in', ids)
    .where('ended_at', 'is', null)
    .returningAll()
    .execute();
}

/** Ids of what came from any of these, whether or not it has ended: what has ended hides nothing that came from it. */
export async function childGrantIds(
  tx: Database,
  parentIds: readonly string[],
  kinds?: readonly GrantKind[],
): Promise<string[]> {
  if (parentIds.length === 0) return [];
  let query = tx.selectFrom('grants').select('id').where('parent_id', 'in', parentIds);
  if (kinds !== undefined) query = query.where('kind', 'in', kinds);
  return (await query.execute()).map(({ id }) => id);
}

/** Gives grants another origin. */
export async function moveGrants(
  tx: Database,
  ids: readonly string[],
  parentId: string | null,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.updateTable('grants').set({ parent_id: parentId }).where('id', 'in', ids).execute();
}

/** Notes when these were last used; a later moment that another gateway has noted stays. */
export async function setUsedAt(tx: Database, ids: readonly string[], usedAt: number): Promise<void> {
  await tx
    .updateTable('grants')
    .set({ used_at: usedAt })
    .where('id', 'in', ids)
    .where((where) => where.or([where('used_at', 'is', null), where('used_at', '<', usedAt)]))
    .execute();
}

/** Notes that a browser's person has shown who they are. */
export async function setProvenAt(tx: Database, id: string, now: number): Promise<void> {
  await tx.updateTable('grants').set({ proven_at: now }).where('id', '=', id).execute();
}

/** What a person calls each of their tokens, passkeys, agents' sessions and invitations, by id. */
export async function grantNames(db: Database, userId: string): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ id: string; name: string | null }>`
    select id, name from user_tokens where user_id = ${userId}
    union all select id, name from auth_passkey where "userId" = ${userId}
    union all select id, name from agent_sessions where created_by = ${userId}
    union all select id, email as name from invitation where "inviterId" = ${userId}`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Says anew how a browser was signed in. */
export async function setMethod(tx: Database, id: string, method: SignInMethod): Promise<void> {
  await tx.updateTable('grants').set({ method }).where('id', '=', id).execute();
}

/** What each of these came from, whether or not it has ended. */
export async function grantParents(
  db: Database,
  ids: readonly string[],
): Promise<Pick<GrantRow, 'id' | 'parent_id'>[]> {
  if (ids.length === 0) return [];
  return db.selectFrom('grants').select(['id', 'parent_id']).where('id', 'in', ids).execute();
}
