import type { Database } from './database.ts';
import { fromMoment, toMoment } from './moments.ts';
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

export async function findInvitation(db: Database, id: string): Promise<InvitationInfo | undefined> {
  const row = await db
    .selectFrom('invitation')
    .select(['id', 'organizationId', 'email', 'role', 'expiresAt'])
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, expiresAt: fromMoment(row.expiresAt) };
}

/** `true` the first time. */
export async function endInvitation(
  tx: Database,
  id: string,
  status: 'accepted' | 'canceled',
): Promise<boolean> {
  const row = await tx
    .updateTable('invitation')
    .set({ status })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
