import { AuthError, type AuthErrorCode } from './auth-error.ts';
import type { BetterAuth } from './better-auth.ts';
import { refusalCode, throughDoor } from './door.ts';
import { freshUser } from './fresh-session.ts';
import { logIn } from './log-in.ts';

export interface NewPassword {
  /** Absent for whoever has none yet. */
  readonly current: string | undefined;
  /** 10 to 200 characters. */
  readonly password: string;
}

/** As `Auth.setPassword`. */
export async function setPassword(
  auth: BetterAuth,
  origin: string,
  passwords: NewPassword,
  headers: Headers,
): Promise<string[]> {
  const userId =
    passwords.current === undefined
      ? await setFirst(auth, passwords.password, headers)
      : await change(auth, origin, passwords.current, passwords.password, headers);
  const { internalAdapter } = await auth.$context;
  await internalAdapter.deleteUserSessions(userId);
  return logIn(auth, userId);
}

/** Nothing but the session says who this is, so it must be a fresh one. */
async function setFirst(auth: BetterAuth, password: string, headers: Headers): Promise<string> {
  const userId = await freshUser(auth, headers);
  const { internalAdapter } = await auth.$context;
  if (await internalAdapter.findCredentialAccount(userId))
    throw new AuthError('invalid_request', 'You have a password already. Send it too, as "current".');
  await auth.api.setPassword({ body: { newPassword: password }, headers });
  return userId;
}

async function change(
  auth: BetterAuth,
  origin: string,
  current: string,
  password: string,
  headers: Headers,
): Promise<string> {
  const body = { currentPassword: current, newPassword: password };
  const knock = { path: '/change-password', body, headers, withSession: true };
  const response = await throughDoor(auth, origin, knock);
  if (!response.ok) throw refusal(await refusalCode(response));
  // The shape of better-auth's own answer to a changed password.
  const { user } = (await response.json()) as { user: { id: string } };
  return user.id;
}

function refusal(code: string | undefined): AuthError {
  const [ours, message] = refusals[code ?? ''] ?? notSignedIn;
  return new AuthError(ours, message);
}

const notSignedIn = ['unauthenticated', 'You are signed out. Sign in again.'] as const;

const refusals: Readonly<Record<string, readonly [AuthErrorCode, string]>> = {
  INVALID_PASSWORD: ['forbidden', 'This is not your current password. Nothing was changed.'],
  CREDENTIAL_ACCOUNT_NOT_FOUND: ['conflict', 'You have no password yet. Set one without "current".'],
  PASSWORD_TOO_SHORT: ['invalid_request', 'A password has 10 to 200 characters.'],
  PASSWORD_TOO_LONG: ['invalid_request', 'A password has 10 to 200 characters.'],
};
