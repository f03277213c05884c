import { findUser, findUserByEmail } from '../../store/users.ts';
import type { Gateway } from '../gateway.ts';

/** Whether somebody has an account under this address already. */
export async function hasAccount(gateway: Gateway, email: string): Promise<boolean> {
  return (await findUserByEmail(gateway.store.db, email)) !== undefined;
}

/** The address under which a user is known. */
export async function emailOf(gateway: Gateway, userId: string): Promise<string | undefined> {
  return (await findUser(gateway.store.db, userId))?.email;
}
