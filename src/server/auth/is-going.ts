import { z } from 'zod';

/** Whether a user token, by its id, has neither been revoked nor expired. */
export type TokenCheck = (userTokenId: string) => Promise<boolean>;

/** What better-auth keeps of a session, as far as it says how long that lasts. */
const lasting = z.object({ expiresAt: z.date(), userTokenId: z.string().nullish() });

/** Whether a browser's session lasts still. One that a token's link has opened ends with that token. */
export async function isGoing(session: unknown, isTokenGood: TokenCheck): Promise<boolean> {
  const { expiresAt, userTokenId } = lasting.parse(session);
  if (expiresAt.getTime() <= Date.now()) return false;
  return !userTokenId || isTokenGood(userTokenId);
}
