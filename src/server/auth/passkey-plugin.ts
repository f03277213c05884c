import { passkey } from '@better-auth/passkey';
import { APIError } from 'better-auth/api';

/** Passkeys that belong to the name of this address, and stand for a password on their own. */
export function passkeyPlugin(publicUrl: string) {
  return passkey({
    rpID: new URL(publicUrl).hostname,
    rpName: 'Assent',
    origin: publicUrl,
    // The authenticator must know the person, and find the key without a name.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: ({ verification }) => refuseUnverified(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: ({ verification }) => refuseUnverified(verification.authenticationInfo.userVerified),
    },
    advanced: { webAuthnChallengeCookie: 'passkey' },
    schema: { passkey: { modelName: 'auth_passkey' } },
  });
}

/** User verification: a person may merely hold the device; a PIN, a finger or a face shows that it is theirs. */
function refuseUnverified(userVerified: boolean | undefined): void {
  if (userVerified !== true) throw new APIError('FORBIDDEN', { code: 'USER_NOT_VERIFIED' });
}
