import { z } from 'zod';
import { name } from './fields.ts';

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
export const deviceGrantedAnswer = z.object({ token: z.string() });
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
