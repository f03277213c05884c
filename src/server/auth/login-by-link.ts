import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

const body = z.object({ userId: z.string(), isFresh: z.boolean(), userTokenId: z.string().nullable() });

/** Opens a browser session for a user that the gateway has recognised by other means. No path of the server leads here. */
export const loginByLink = {
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
