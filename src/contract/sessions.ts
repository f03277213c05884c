import { z } from 'zod';
import { id, name, time } from './fields.ts';

/** One agent's run. */
export const session = z.object({
  id,
  organizationId: id,
  automationId: id.nullable(),
  name: z.string().nullable(),
  createdBy: z.string(),
  createdAt: time,
  expiresAt: time,
  revokedAt: time.nullable(),
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
