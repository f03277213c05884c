import type { GrantKind } from '../contract/ways-in.ts';
import type { Database } from './engine/database.ts';
import { revokeKeptResults } from './kept-results.ts';
import type { InvocationRow } from './tables.ts';
import { denyPendingOfSessions } from './transitions.ts';

/** Who ended it, when, and how that reads where an agent's request was denied by it. */
export interface Ending {
  readonly by: string;
  readonly now: number;
  readonly why: string;
}

type EndThings = (tx: Database, ids: readonly string[], ending: Ending) => Promise<InvocationRow[]>;

/** What becomes of the things themselves when their grants end. Each gives back the invocations that it denied. */
export const endThings: Readonly<Record<GrantKind, EndThings>> = {
  password: (tx, ids) => gone(tx.deleteFrom('auth_account').where('id', 'in', ids)),
  provider_account: (tx, ids) => gone(tx.deleteFrom('auth_account').where('id', 'in', ids)),
  passkey: (tx, ids) => gone(tx.deleteFrom('auth_passkey').where('id', 'in', ids)),
  browser_session: (tx, ids) => gone(tx.deleteFrom('auth_session').where('id', 'in', ids)),
  login_link: (tx, ids) =>
    gone(tx.deleteFrom('one_time_links').where('grant_id', 'in', ids).where('used_at', 'is', null)),
  device_code: (tx, ids) => gone(tx.deleteFrom('device_codes').where('id', 'in', ids)),
  user_token: (tx, ids, { now }) =>
    gone(
      tx
        .updateTable('user_tokens')
        .set({ revoked_at: now })
        .where('id', 'in', ids)
        .where('revoked_at', 'is', null),
    ),
  invitation: (tx, ids) =>
    gone(
      tx
        .updateTable('invitation')
        .set({ status: 'canceled' })
        .where('id', 'in', ids)
        .where('status', '=', 'pending'),
    ),
  agent_session: async (tx, ids, { by, now, why }) => {
    await gone(
      tx
        .updateTable('agent_sessions')
        .set({ revoked_at: now })
        .where('id', 'in', ids)
        .where('revoked_at', 'is', null),
    );
    const denied = await denyPendingOfSessions(tx, ids, by, now, why);
    await revokeKeptResults(tx, ids);
    return denied;
  },
};

async function gone(statement: { execute(): Promise<unknown> }): Promise<InvocationRow[]> {
  await statement.execute();
  return [];
}
