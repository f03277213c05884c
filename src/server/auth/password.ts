import { AuthError, type AuthErrorCode } from './auth-error.ts';
import { askBetterAuth, refusalCode } from './auth-request.ts';
import type { BetterAuth } from './better-auth.ts';
import { type BrowserSession, freshUser } from './browser-session.ts';

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

/** Somebody who has just shown who they are. */
export interface LoginSubject {
  readonly userId: string;
  /**
   * Whether the session may give its user another way in. A user token makes links, and a stolen one must not become a
   * password or a passkey: a link's session may not where its user has another way to sign in.
   */
  readonly isFresh: boolean;
  /** The user token whose link they came by: the session ends with it. */
  readonly userTokenId: string | null;
}

/** Opens a browser session: the `Set-Cookie` headers. */
export async function logIn(auth: BetterAuth, subject: LoginSubject): Promise<string[]> {
  const response = await auth.api.loginUser({ body: { ...subject }, asResponse: true });
  return response.headers.getSetCookie();
}

/** As `Auth.logInWithPassword`. */
export async function logInWithPassword(
  auth: BetterAuth,
  origin: string,
  email: string,
  password: string,
  headers: Headers,
): Promise<{ userId: string; cookies: string[] }> {
  const response = await askBetterAuth(auth, origin, {
    path: '/sign-in/email',
    body: { email, password },
    headers,
  });
  if (!response.ok) throw new AuthError('unauthenticated', 'This address and password do not go together.');
  // The shape of better-auth's own answer to a successful sign-in.
  const { user } = (await response.json()) as { user: { id: string } };
  return { userId: user.id, cookies: response.headers.getSetCookie() };
}

/** As `Auth.createUser`. */
export async function createUser(
  auth: BetterAuth,
  user: { readonly email: string; readonly name: string; readonly password: string },
): Promise<string> {
  const context = await auth.$context;
  const { minPasswordLength, maxPasswordLength } = context.password.config;
  if (user.password.length < minPasswordLength || user.password.length > maxPasswordLength) {
    throw new AuthError(
      'invalid_request',
      `A password has ${minPasswordLength} to ${maxPasswordLength} characters.`,
    );
  }
  const { id } = await context.internalAdapter.createUser(
    { email: user.email, name: user.name, emailVerified: true },
    { method: 'email-password' },
  );
  const password = await context.password.hash(user.password);
  await context.internalAdapter.linkAccount({
    userId: id,
    providerId: 'credential',
    accountId: id,
    password,
  });
  return id;
}
