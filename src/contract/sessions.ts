import { z } from 'zod';
import { errorCode } from './errors.ts';
import { id, name, time } from './fields.ts';

/** How often a session was refused with one code, in what no invocation tells of, and when it last was. */
export const sessionRefusal = z.object({ code: errorCode, count: z.number().int(), lastAt: time });
export type SessionRefusal = z.infer<typeof sessionRefusal>;

/** One agent's run. `refusals` are up to a second late. */
export const session = z.object({
  id,
  organizationId: id,
  automationId: id.nullable(),
  name: z.string().nullable(),
  createdBy: z.string(),
  createdAt: time,
  expiresAt: time,
  revokedAt: time.nullable(),
  refusals: z.array(sessionRefusal),
});
export type Session = z.infer<typeof session>;

/** How long a session is made for at least. */
export const minTtlSeconds = 60;
/** How long a session is made for at the most. */
export const maxTtlSeconds = 30 * 24 * 3600;
/** How long a session is made for unless it says otherwise. */
export const defaultTtlSeconds = 8 * 3600;

export const sessionBody = z
  .strictObject({
    name: name.optional(),
    automationId: id.optional(),
    ttlSeconds: z.number().int().min(minTtlSeconds).max(maxTtlSeconds).optional(),
  })
  .optional();

/** `env` holds the three variables that an agent needs; `token` is shown this once. */
export const sessionCreated = z.object({
  session,
  token: z.string(),
  env: z.object({ ASSENT_GATEWAY_URL: z.string(), ASSENT_SESSION_ID: z.string(), ASSENT_TOKEN: z.string() }),
});
export type SessionCreated = z.infer<typeof sessionCreated>;
export const sessionAnswer = z.object({ session });
export const sessionsAnswer = z.object({ sessions: z.array(session) });
