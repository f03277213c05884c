import { newId } from '../../lib/ids.ts';

import { type Database, lockRow } from '../../store/engine/database.ts';
import { listGrants, liveGrantIds } from '../../store/grants.ts';
import { findSignInMethods, insertPassword, updatePassword } from '../../store/sign-in-methods.ts';
import type { GrantRow } from '../../store/tables.ts';
import type { Gateway } from '../gateway.ts';
import type { BrowserSession } from './browser-sessions.ts';
import { addGrant, ending } from './grants.ts';

/** What a changed password ends everywhere: whoever sits at another browser, and what is under way there. */
const endedByChange: ReadonlySet<GrantRow['kind']> = new Set([
  'browser_session',
  'login_link',
  'device_code',
]);

/**
 * Sets a person's password; the session that asks has shown who they are, or knew the current one. All their browser sessions
 * end, with login links and command lines under way. Out of a recovery it replaces every right that the person had: what a thief
 * has added is not told apart from what they added themselves. Gives back the password's grant.
 */
export async function setPassword(gateway: Gateway, session: BrowserSession, hash: string): Promise<string> {
  const { userId } = session;
  const now = gateway.clock();
  const why = 'the person who opened the session recovered their account';
  const id = await ending(gateway, { by: userId, why }, async (tx, { takeAway, letGo }) => {
    await lockRow(tx, 'auth_user', userId);
    if (session.method === 'recovery') {
      await takeAway(await liveGrantIds(tx, userId));
      return insertFirstPassword(tx, { userId, hash, parentId: null }, now);
    }
    const { password } = await findSignInMethods(tx, userId);
    if (password !== undefined) await updatePassword(tx, { id: password.id, hash }, now);
    const id = password?.id ?? (await insertFirstPassword(tx, { userId, hash, parentId: session.id }, now));
    const grants = await listGrants(tx, userId, now);
    await letGo(grants.filter(({ kind }) => endedByChange.has(kind)).map((one) => one.id));
    return id;
  });
  gateway.log.info({ userId, isRecovery: session.method === 'recovery' }, 'password set');
  return id;
}

/** A person's first password: its grant. */
export async function insertFirstPassword(
  tx: Database,
  { userId, hash, parentId }: { userId: string; hash: string; parentId: string | null },
  now: number,
): Promise<string> {
  const id = newId();
  await addGrant(tx, { id, kind: 'password', user_id: userId, parentId }, now);
  await insertPassword(tx, { id, userId, hash }, now);
  return id;
}
