import { AuthError, type AuthErrorCode } from './auth-error.ts';
import { refusalCode } from './auth-request.ts';

/** What better-auth refuses about passkeys, in our own words and shape. Throws `AuthError`. */
export async function refusePasskey(response: Response): Promise<never> {
  const [code, message] = refusals[(await refusalCode(response)) ?? ''] ?? other;
  throw new AuthError(code, message);
}

const other = ['invalid_request', 'The passkey was not taken. Try again, or sign in another way.'] as const;
const tooLate = 'This took longer than five minutes, or was done already. Begin again.';

const refusals: Readonly<Record<string, readonly [AuthErrorCode, string]>> = {
  UNAUTHORIZED: ['unauthenticated', 'You are signed out. Sign in again.'],
  CHALLENGE_NOT_FOUND: ['expired', tooLate],
  PASSKEY_NOT_FOUND: [
    'not_found',
    'This passkey is not known here; perhaps it was removed. Sign in another way.',
  ],
  AUTHENTICATION_FAILED: [
    'forbidden',
    'The passkey did not prove who you are. Try again, or sign in another way.',
  ],
  USER_NOT_VERIFIED: [
    'forbidden',
    'The passkey did not ask for a PIN, a fingerprint or a face. Set one up on the device or key, then try again.',
  ],
};
