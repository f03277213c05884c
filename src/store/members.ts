import type { Role } from '../contract/members.ts';
import { type Database, lockRow } from './engine/database.ts';
import { fromMoment, toMoment } from './engine/moments.ts';

export interface Membership {
  readonly organizationId: string;
  readonly role: Role;
}

/** A user's membership in one organization, or in the one they joined first. */
export async function findMembership(
  db: Database,
  userId: string,
  organizationId?: string,
): Promise<Membership | undefined> {
  let query = db.selectFrom('member').select(['organizationId', 'role']).where('userId', '=', userId);
  if (organizationId !== undefined) query = query.where('organizationId', '=', organizationId);
  return query.orderBy('id').limit(1).executeTakeFirst();
}

export interface MemberInfo {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Milliseconds. */
  readonly createdAt: number;
}

/** In the order in which they joined. */
export async function listMembers(db: Database, organizationId: string): Promise<MemberInfo[]> {
  const rows = await members(db, organizationId).orderBy('member.id').execute();
  return rows.map((row) => ({ ...row, createdAt: fromMoment(row.createdAt) }));
}

export async function findMember(
  db: Database,
  organizationId: string,
  id: string,
): Promise<MemberInfo | undefined> {
  const row = await members(db, organizationId).where('member.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : { ...row, createdAt: fromMoment(row.createdAt) };
}

function members(db: Database, organizationId: string) {
  return db
    .selectFrom('member')
    .innerJoin('auth_user', 'auth_user.id', 'member.userId')
    .select([
      'member.id',
      'member.userId',
      'auth_user.email',
      'auth_user.name',
      'member.role',
      'member.createdAt',
    ])
    .where('member.organizationId', '=', organizationId);
}

/** Joining twice changes nothing. */
export async function insertMember(
  tx: Database,
  row: { readonly id: string; readonly organizationId: string; readonly userId: string; readonly role: Role },
  now: number,
): Promise<void> {
  await tx
    .insertInto('member')
    .values({ ...row, createdAt: toMoment(tx, now) })
    .onConflict((conflict) => conflict.columns(['organizationId', 'userId']).doNothing())
    .execute();
}

/** How many owners there are; exact for the rest of the transaction. */
export async function countOwners(tx: Database, organizationId: string): Promise<number> {
  await lockRow(tx, 'organization', organizationId);
  const { count } = await tx
    .selectFrom('member')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('organizationId', '=', organizationId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  return count;
}

export async function updateMemberRole(
  tx: Database,
  organizationId: string,
  id: string,
  role: Role,
): Promise<void> {
  await tx
    .updateTable('member')
    .set({ role })
    .where('id', '=', id)
    .where('organizationId', '=', organizationId)
    .execute();
}

export async function deleteMember(tx: Database, organizationId: string, id: string): Promise<void> {
  await tx.deleteFrom('member').where('id', '=', id).where('organizationId', '=', organizationId).execute();
}
