import type { Database } from './engine/database.ts';
import { toFlag, toMoment } from './engine/moments.ts';
import type { UserRow } from './tables.ts';

export async function findUser(db: Database, id: string): Promise<UserRow | undefined> {
  return db.selectFrom('auth_user').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findUserByEmail(db: Database, email: string): Promise<UserRow | undefined> {
  return db.selectFrom('auth_user').selectAll().where('email', '=', email).executeTakeFirst();
}

/** A user without a password, who signs in by a link and may set one. That the address is theirs has not been verified. */
export async function insertUser(
  tx: Database,
  user: { readonly id: string; readonly name: string; readonly email: string },
  now: number,
): Promise<void> {
  const moment = toMoment(tx, now);
  await tx
    .insertInto('auth_user')
    .values({ ...user, emailVerified: toFlag(tx, false), image: null, createdAt: moment, updatedAt: moment })
    .execute();
}

export async function renameUser(tx: Database, id: string, name: string, now: number): Promise<void> {
  await tx
    .updateTable('auth_user')
    .set({ name, updatedAt: toMoment(tx, now) })
    .where('id', '=', id)
    .execute();
}

/** From now on the address is proven: a provider has vouched for it. */
export async function setAddressProven(tx: Database, id: string, now: number): Promise<void> {
  await tx
    .updateTable('auth_user')
    .set({ emailVerified: toFlag(tx, true), updatedAt: toMoment(tx, now) })
    .where('id', '=', id)
    .execute();
}
