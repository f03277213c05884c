import { z } from 'zod';
import { id, name, time } from './fields.ts';

/** A person's key to the gateway, for the command line and scripts. */
export const token = z.object({
  id,
  name: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
});
export type Token = z.infer<typeof token>;

/** Without `ttlSeconds` it works for 90 days; `null` asks for one without an end. */
export const tokenBody = z.strictObject({
  name,
  ttlSeconds: z
    .number()
    .int()
    .min(60)
    .max(366 * 24 * 3600)
    .nullable()
    .optional(),
});
/** `value` is shown this once. */
export const tokenCreated = z.object({ token, value: z.string() });
export type TokenCreated = z.infer<typeof tokenCreated>;
export const tokensAnswer = z.object({ tokens: z.array(token) });
export const tokenAnswer = z.object({ token });
