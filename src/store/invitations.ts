import type { Database } from './engine/database.ts';
import { fromMoment, toMoment } from './engine/moments.ts';
import type { InvitationRow } from './tables.ts';

export interface InvitationInfo extends Pick<InvitationRow, 'id' | 'organizationId' | 'email' | 'role'> {
  /** Milliseconds. */
  readonly expiresAt: number;
}

export async function insertInvitation(
  tx: Database,
  invitation: InvitationInfo & { readonly inviterId: string },
  now: number,
): Promise<void> {
  await tx
    .insertInto('invitation')
    .values({
      ...invitation,
      status: 'pending',
      expiresAt: toMoment(tx, invitation.expiresAt),
      createdAt: toMoment(tx, now),
    })
    .execute();
}

/** Those that can still be accepted. */
export async function listInvitations(
  db: Database,
  organizationId: string,
  now: number,
): Promise<InvitationInfo[]> {
  const rows = await db
    .selectFrom('invitation')
    .select(['id', 'organizationId', 'email', 'role', 'expiresAt'])
    .where('organizationId', '=', organizationId)
    .where('status', '=', 'pending')
    .where('expiresAt', '>', toMoment(db, now))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, expiresAt: fromMoment(row.expiresAt) }));
}

/** One that has been neither used nor taken back. */
export async function findInvitation(
  db: Database,
  id: string,
): Promise<(InvitationInfo & { readonly inviterId: string }) | undefined> {
  const row = await db
    .selectFrom('invitation')
    .select(['id', 'organizationId', 'email', 'role', 'expiresAt', 'inviterId'])
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, expiresAt: fromMoment(row.expiresAt) };
}

/** `true` the first time. */
export async function acceptInvitationRow(tx: Database, id: string): Promise<boolean> {
  const { numUpdatedRows } = await pendingInvitation(tx, id).set({ status: 'accepted' }).executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ids of a member's open invitations, or of those among them that make somebody an owner. */
export async function openInvitationsBy(
  tx: Database,
  organizationId: string,
  inviterId: string,
  role?: InvitationRow['role'],
): Promise<string[]> {
  let query = tx
    .selectFrom('invitation')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('inviterId', '=', inviterId)
    .where('status', '=', 'pending');
  if (role !== undefined) query = query.where('role', '=', role);
  return (await query.execute()).map(({ id }) => id);
}

function pendingInvitation(tx: Database, id: string) {
  return tx.updateTable('invitation').where('id', '=', id).where('status', '=', 'pending');
}
