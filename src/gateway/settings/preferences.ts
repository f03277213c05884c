import type { Preferences } from '../../contract/preferences.ts';
import { readDisabled, writeDisabled } from '../../store/preferences.ts';
import type { UserCaller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';

/** What this user has switched off, for the sessions that they open. */
export async function readPreferences(gateway: Gateway, caller: UserCaller): Promise<Preferences> {
  return { disabled: await readDisabled(gateway.store.db, caller.organizationId, caller.userId) };
}

export async function writePreferences(
  gateway: Gateway,
  caller: UserCaller,
  wanted: Preferences,
): Promise<Preferences> {
  await gateway.store.write((tx) => writeDisabled(tx, caller.organizationId, caller.userId, wanted.disabled));
  return readPreferences(gateway, caller);
}
