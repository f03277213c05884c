import type { Database } from './engine/database.ts';
import { fromMoment } from './engine/moments.ts';

/** The ways in which a user can sign in. */
export interface SignInMethods {
  readonly hasPassword: boolean;
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
    .select(['id', 'providerId', 'accountId'])
    .select((row) => row('password', 'is not', null).as('hasPassword'))
    .where('userId', '=', userId)
    .execute();
  const passkeys = await db
    .selectFrom('auth_passkey')
    .select(['id', 'name', 'createdAt'])
    .where('userId', '=', userId)
    .orderBy('id')
    .execute();
  return {
    hasPassword: accounts.some((one) => one.providerId === passwordProvider && Boolean(one.hasPassword)),
    passkeys: passkeys.map((one) => ({
      ...one,
      createdAt: one.createdAt === null ? null : fromMoment(one.createdAt),
    })),
    accounts: accounts
      .filter((one) => one.providerId !== passwordProvider)
      .map(({ id, providerId, accountId }) => ({ id, provider: providerId, subject: accountId })),
  };
}

export async function deletePasskey(tx: Database, userId: string, id: string): Promise<void> {
  await tx.deleteFrom('auth_passkey').where('userId', '=', userId).where('id', '=', id).execute();
}

export async function deleteAccount(tx: Database, userId: string, id: string): Promise<void> {
  await tx.deleteFrom('auth_account').where('userId', '=', userId).where('id', '=', id).execute();
}
