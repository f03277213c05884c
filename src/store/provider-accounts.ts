import type { Database } from './engine/database.ts';
import { toMoment } from './engine/moments.ts';

/** Who has connected an account with a provider. */
export async function findAccountOwner(
  db: Database,
  provider: string,
  subject: string,
): Promise<{ readonly userId: string; readonly accountId: string } | undefined> {
  return db
    .selectFrom('auth_account')
    .select(['userId', 'id as accountId'])
    .where('providerId', '=', provider)
    .where('accountId', '=', subject)
    .orderBy('id')
    .executeTakeFirst();
}

export interface NewAccount {
  readonly id: string;
  readonly userId: string;
  readonly provider: string;
  /** The user's id with the provider. */
  readonly subject: string;
}

/** Connects an account with a user; `false` where somebody else connects it at this moment. */
export async function insertAccount(tx: Database, account: NewAccount, now: number): Promise<boolean> {
  const { id, userId, provider, subject } = account;
  const moment = toMoment(tx, now);
  const row = { id, userId, providerId: provider, accountId: subject, password: null };
  const inserted = await tx
    .insertInto('auth_account')
    .values({ ...row, createdAt: moment, updatedAt: moment })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}
