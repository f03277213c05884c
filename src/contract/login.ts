import { z } from 'zod';
import { name, time } from './fields.ts';

/** Seconds, both times. */
export const deviceCodeAnswer = z.object({
  deviceCode: z.string(),
  userCode: z.string(),
  verificationUri: z.string(),
  verificationUriComplete: z.string(),
  expiresIn: z.number(),
  interval: z.number(),
});
export type DeviceCodeAnswer = z.infer<typeof deviceCodeAnswer>;

/** `name` is what the token will be called. */
export const devicePollBody = z.strictObject({
  deviceCode: z.string().regex(/^[A-Za-z0-9]{1,200}$/, 'not a device code'),
  name,
});
export const deviceWaitingAnswer = z.object({ status: z.enum(['pending', 'slow_down']) });
export const deviceGrantedAnswer = z.object({ token: z.string(), expiresAt: time.nullable() });
export type DeviceGrantedAnswer = z.infer<typeof deviceGrantedAnswer>;
/** As a person types it: letters, with or without the dash. */
export const userCode = z.string().regex(/^[A-Za-z]{4}-?[A-Za-z]{4}$/, 'not a code of a command line');

/** Who waits to be let in, in their own words: from where, and what the command line calls itself. */
export const waitingLoginAnswer = z.object({ address: z.string(), userAgent: z.string(), since: time });
export type WaitingLoginAnswer = z.infer<typeof waitingLoginAnswer>;
export const deviceDecisionBody = z.strictObject({ decision: z.enum(['approve', 'deny']) });
export const loginLinkAnswer = z.object({ link: z.string() });

const notOurs = 'not a path of this gateway';
const anySite = 'http://site.invalid';

/** Where a browser goes next: a path of this gateway, never another site. */
export const sitePath = z
  .string()
  .max(300)
  .regex(/^\/(?![/\\])[\x21-\x7e]*$/, notOurs)
  .refine(isPathWhenResolved, notOurs);

/** Dots and backslashes may add up to `//`, which names another site to a program that resolves the path once more. */
function isPathWhenResolved(path: string): boolean {
  if (!URL.canParse(path, anySite)) return false;
  const { origin, pathname } = new URL(path, anySite);
  return origin === anySite && !pathname.startsWith('//');
}
