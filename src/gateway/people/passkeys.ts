import { type Database, lockRow } from '../../store/engine/database.ts';
import { liveGrantIds, moveGrants, setMethod } from '../../store/grants.ts';
import { deletePasskey, findPasskeyByCredential } from '../../store/sign-in-methods.ts';
import type { Gateway } from '../gateway.ts';
import type { BrowserSession } from './browser-sessions.ts';
import { addGrant, ending } from './grants.ts';

/**
 * Enters a passkey that a browser's session has just made; without an entry it signs nobody in. Out of a recovery it replaces every
 * right that its person had, but for this session, which counts as opened by it from now on.
 * Throws `expired` where the session has ended meanwhile: then the passkey is gone too.
 */
export async function enterPasskey(gateway: Gateway, session: BrowserSession, id: string): Promise<void> {
  const { userId } = session;
  const isRecovery = session.method === 'recovery';
  const why = 'the person who opened the session recovered their account';
  try {
    await ending(gateway, { by: userId, why }, async (tx, { takeAway }) => {
      await lockRow(tx, 'auth_user', userId);
      const grant = { id, kind: 'passkey', user_id: userId } as const;
      await addGrant(tx, { ...grant, parentId: session.id }, gateway.clock());
      if (!isRecovery) return;
      const all = await liveGrantIds(tx, userId);
      await takeAway(all.filter((one) => one !== id && one !== session.id));
      await moveGrants(tx, [id], null);
      await recovered(tx, session.id, id);
    });
  } catch (error) {
    await gateway.store.write((tx) => deletePasskey(tx, userId, id));
    throw error;
  }
  gateway.log.info({ userId, isRecovery }, 'passkey added');
}

async function recovered(tx: Database, sessionId: string, passkeyId: string): Promise<void> {
  await moveGrants(tx, [sessionId], passkeyId);
  await setMethod(tx, sessionId, 'passkey');
}

/** A passkey, by its device's name for it. */
export async function passkeyOfCredential(
  gateway: Gateway,
  credentialId: string,
): Promise<{ readonly id: string; readonly userId: string } | undefined> {
  return findPasskeyByCredential(gateway.store.db, credentialId);
}
