import type { Database } from './engine/database.ts';
import { fromMoment, toMoment } from './engine/moments.ts';

/** The ways in which a user can sign in. */
export interface SignInMethods {
  readonly password: { readonly id: string; readonly hash: string } | undefined;
  /** Times are milliseconds; the oldest first. */
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly createdAt: number | null;
  }[];
  /** The user's accounts with providers. */
  readonly accounts: readonly { readonly id: string; readonly provider: string; readonly subject: string }[];
}

/** better-auth's name for a password among the accounts. */
const passwordProvider = 'credential';

export async function findSignInMethods(db: Database, userId: string): Promise<SignInMethods> {
  const accounts = await db
    .selectFrom('auth_account')
    .select(['id', 'providerId', 'accountId', 'password'])
    .where('userId', '=', userId)
    .execute();
  const passkeys = await db
    .selectFrom('auth_passkey')
    .select(['id', 'name', 'createdAt'])
    .where('userId', '=', userId)
    .orderBy('id')
    .execute();
  const password = accounts.find(({ providerId }) => providerId === passwordProvider);
  return {
    password: password?.password ? { id: password.id, hash: password.password } : undefined,
    passkeys: passkeys.map((one) => ({
      ...one,
      createdAt: one.createdAt === null ? null : fromMoment(one.createdAt),
    })),
    accounts: accounts
      .filter((one) => one.providerId !== passwordProvider)
      .map(({ id, providerId, accountId }) => ({ id, provider: providerId, subject: accountId })),
  };
}

export interface NewPassword {
  readonly id: string;
  readonly userId: string;
  /** scrypt, with its salt. */
  readonly hash: string;
}

export async function insertPassword(
  tx: Database,
  { id, userId, hash }: NewPassword,
  now: number,
): Promise<void> {
  const moment = toMoment(tx, now);
  await tx
    .insertInto('auth_account')
    .values({
      id,
      userId,
      providerId: passwordProvider,
      accountId: userId,
      password: hash,
      createdAt: moment,
      updatedAt: moment,
    })
    .execute();
}

export async function updatePassword(tx: Database, { id, hash }: Omit<NewPassword, 'userId'>, now: number) {
  await tx
    .updateTable('auth_account')
    .set({ password: hash, updatedAt: toMoment(tx, now) })
    .where('id', '=', id)
    .execute();
}

/** A passkey by the name that its device has for it (WebAuthn, "credential ID"). */
export async function findPasskeyByCredential(
  db: Database,
  credentialId: string,
): Promise<{ readonly id: string; readonly userId: string } | undefined> {
  return db
    .selectFrom('auth_passkey')
    .select(['id', 'userId'])
    .where('credentialID', '=', credentialId)
    .executeTakeFirst();
}

export async function deletePasskey(tx: Database, userId: string, id: string): Promise<void> {
  await tx.deleteFrom('auth_passkey').where('userId', '=', userId).where('id', '=', id).execute();
}
