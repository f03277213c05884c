import { AuthError, type AuthErrorCode } from './auth-error.ts';
import { askBetterAuth, refusalCode } from './auth-request.ts';
import type { BetterAuth } from './better-auth.ts';
import type { BrowserSession } from './browser-session.ts';
import { freshUser } from './fresh-session.ts';
import { logIn } from './log-in.ts';

export interface NewPassword {
  /** Absent for a user who has none yet. */
  readonly current: string | undefined;
  /** 10 to 200 characters. */
  readonly password: string;
}

/** A browser that asks for it. */
export interface Asking {
  readonly origin: string;
  readonly session: BrowserSession | undefined;
  readonly headers: Headers;
}

/** As `Auth.setPassword`. */
export async function setPassword(
  auth: BetterAuth,
  { current, password }: NewPassword,
  asking: Asking,
): Promise<string[]> {
  const userId =
    current === undefined
      ? await setFirst(auth, password, asking)
      : await change(auth, current, password, asking);
  await endWhatIsOpen(auth, userId);
  return logIn(auth, { userId, isFresh: true, userTokenId: null });
}

/** The user's browser sessions, and the command lines that one of them has let in but that have no token yet. */
async function endWhatIsOpen(auth: BetterAuth, userId: string): Promise<void> {
  const { adapter, internalAdapter } = await auth.$context;
  await internalAdapter.deleteUserSessions(userId);
  await adapter.deleteMany({ model: 'deviceCode', where: [{ field: 'userId', value: userId }] });
}

/** Nothing but the session says who this is, so it must be a fresh one. */
async function setFirst(auth: BetterAuth, password: string, { session, headers }: Asking): Promise<string> {
  const userId = freshUser(session);
  const { internalAdapter } = await auth.$context;
  if (await internalAdapter.findCredentialAccount(userId))
    throw new AuthError('invalid_request', 'You have a password already. Send it too, as "current".');
  await auth.api.setPassword({ body: { newPassword: password }, headers });
  return userId;
}

async function change(
  auth: BetterAuth,
  current: string,
  password: string,
  { origin, headers }: Asking,
): Promise<string> {
  const body = { currentPassword: current, newPassword: password };
  const request = { path: '/change-password', body, headers, withSession: true };
  const response = await askBetterAuth(auth, origin, request);
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
