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

const body = z.object({ userId: z.string(), isFresh: z.boolean(), userTokenId: z.string().nullable() });

/** Opens a browser session for a user that the gateway has recognised by other means. No path of the server leads here. */
export async function linkPlugin() {
  const [{ createAuthEndpoint }, { setSessionCookie }] = await Promise.all([
    import('better-auth/api'),
    import('better-auth/cookies'),
  ]);
  return {
    id: 'assent-login-by-link',
    endpoints: {
      loginUser: createAuthEndpoint.serverOnly({ method: 'POST', body }, async (context) => {
        const { userId, isFresh, userTokenId } = context.body;
        const user = await context.context.internalAdapter.findUserById(userId);
        if (user === null) throw new TypeError('a login link names a user');
        // A session that began long ago is not fresh (`freshSeconds`).
        const createdAt = isFresh ? new Date() : new Date(0);
        const session = await context.context.internalAdapter.createSession(
          user.id,
          false,
          { createdAt, userTokenId },
          true,
        );
        await setSessionCookie(context, { session, user });
        return context.json({ ok: true });
      }),
    },
  };
}
