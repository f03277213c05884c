import type { Gateway } from '../../gateway/gateway.ts';
import type { BrowserSession } from '../../gateway/people/browser-sessions.ts';
import { setPassword as recordPassword } from '../../gateway/people/set-password.ts';
import { type PasswordOf, passwordOf, passwordOfAddress } from '../../gateway/people/sign-in-methods.ts';
import { AuthError } from './auth-error.ts';
import type { BetterAuth } from './better-auth.ts';
import { refuseUnproven } from './browser-session.ts';
import { openSession, type SignedIn } from './open-session.ts';

/** Characters that a password has at least. */
const minPasswordLength = 10;
/** Characters that a password has at the most. */
const maxPasswordLength = 200;

export interface NewPassword {
  /** Absent for a person who has none yet, or who recovers their account. */
  readonly current: string | undefined;
  /** 10 to 200 characters. */
  readonly password: string;
}

/** As `Auth.signInWithPassword`. */
export async function signInWithPassword(
  auth: BetterAuth,
  gateway: Gateway,
  email: string,
  password: string,
  headers: Headers,
): Promise<SignedIn> {
  const known = await passwordOfAddress(gateway, email);
  const isRight = await fits(auth, known, password);
  if (known === undefined || !isRight)
    throw new AuthError('unauthenticated', 'This address and password do not go together.');
  const { userId, id } = known;
  return openSession(auth, gateway, { userId, cameBy: id, method: 'password', isProven: true }, headers);
}

/** As `Auth.setPassword`. */
export async function setPassword(
  auth: BetterAuth,
  gateway: Gateway,
  session: BrowserSession,
  { current, password }: NewPassword,
  headers: Headers,
): Promise<SignedIn> {
  const { userId } = session;
  const known = session.method === 'recovery' ? undefined : await passwordOf(gateway, userId);
  if (current !== undefined) await refuseWrong(auth, known, current);
  // Nothing but the session says who this is.
  else {
    refuseUnproven(gateway, session);
    if (known !== undefined)
      throw new AuthError('invalid_request', 'You have a password already. Send it too, as "current".');
  }
  const hash = await hashPassword(auth, password);
  const id = await recordPassword(gateway, session, hash);
  return openSession(auth, gateway, { userId, cameBy: id, method: 'password', isProven: true }, headers);
}

/** Throws `forbidden` where a password is not the one that a person has, and `conflict` where they have none. */
export async function refuseWrong(
  auth: BetterAuth,
  known: PasswordOf | undefined,
  password: string,
): Promise<void> {
  if (known === undefined)
    throw new AuthError('conflict', 'You have no password yet. Set one without "current".');
  if (!(await fits(auth, known, password)))
    throw new AuthError('forbidden', 'This is not your current password. Nothing was changed.');
}

/** What is stored of a password. Throws `invalid_request` for one that is too short or too long. */
export async function hashPassword(auth: BetterAuth, password: string): Promise<string> {
  if (password.length < minPasswordLength || password.length > maxPasswordLength) {
    throw new AuthError(
      'invalid_request',
      `A password has ${minPasswordLength} to ${maxPasswordLength} characters.`,
    );
  }
  return (await auth.$context).password.hash(password);
}

/** Takes as long for somebody who is not known here as for who is. */
async function fits(auth: BetterAuth, known: PasswordOf | undefined, password: string): Promise<boolean> {
  const { password: scrypt } = await auth.$context;
  if (known !== undefined) return scrypt.verify({ hash: known.hash, password });
  await scrypt.hash(password);
  return false;
}
