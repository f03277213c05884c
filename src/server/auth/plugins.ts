import { z } from 'zod';

/** Passkeys that belong to the name of this address, and stand for a password on their own. */
export async function passkeyPlugin(publicUrl: string) {
  const [{ passkey }, { APIError }] = await Promise.all([
    import('@better-auth/passkey'),
    import('better-auth/api'),
  ]);
  /** User verification: a person may merely hold the device; a PIN, a finger or a face shows that it is theirs. */
  const refuseUnverified = (userVerified: boolean | undefined) => {
    if (userVerified !== true) throw new APIError('FORBIDDEN', { code: 'USER_NOT_VERIFIED' });
  };
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

/** Opens a browser session for somebody who has shown who they are (`openSession`). No path of the server leads here. */
export async function sessionPlugin() {
  const [{ createAuthEndpoint }, { setSessionCookie }] = await Promise.all([
    import('better-auth/api'),
    import('better-auth/cookies'),
  ]);
  const body = z.object({ userId: z.string() });
  return {
    id: 'assent-open-session',
    endpoints: {
      openSession: createAuthEndpoint.serverOnly({ method: 'POST', body }, async (context) => {
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(context.body.userId);
        if (user === null) throw new TypeError('a session belongs to a user');
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(context, { session, user });
        return context.json({ id: session.id, token: session.token });
      }),
    },
  };
}
