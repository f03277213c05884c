import { z } from 'zod';
import { id, time } from './fields.ts';
import { sitePath } from './login.ts';
import { role } from './members.ts';

/** A key that signs its owner in without a password (WebAuthn). */
export const passkey = z.object({ id, name: z.string().nullable(), createdAt: time.nullable() });

/** Who is asking, where they belong, and how they can sign in. */
export const meAnswer = z.object({
  user: z.object({ id, name: z.string(), email: z.string(), role }),
  organization: z.object({ id, name: z.string() }),
  signIn: z.object({
    hasPassword: z.boolean(),
    /** Whether this browser came by a recovery: what is set now replaces all that was there, and no current password is asked for. */
    isRecovery: z.boolean(),
    passkeys: z.array(passkey),
    /** The gateway's single sign-on, by the name that its button bears; null where none is configured. */
    oidc: z.object({ name: z.string(), isConnected: z.boolean() }).nullable(),
  }),
});
export type MeAnswer = z.infer<typeof meAnswer>;

/** What shows once more who sits at a browser; a passkey and single sign-on have ceremonies of their own. */
export const confirmBody = z.strictObject({ password: z.string().max(200) });

const password = z
  .string()
  .min(10, 'a password has at least 10 characters')
  .max(200, 'a password has at most 200 characters');

/** `current` is left out where there is no password yet. */
export const passwordBody = z.strictObject({ current: z.string().max(200).optional(), password });
/** The second secret of the session that this browser has from now on: its page sends it with each request. */
export const passwordAnswer = z.object({ pageSecret: z.string() });
export type PageSecretAnswer = z.infer<typeof passwordAnswer>;
export type PasswordBody = z.infer<typeof passwordBody>;

/** `next` is where the browser comes back to once the account is connected. */
export const oidcStartBody = z.strictObject({ next: sitePath.default('/settings') });

/** Where the browser goes next: the single sign-on's own page. */
export const oidcStartAnswer = z.object({ url: z.url() });
export type OidcStartAnswer = z.infer<typeof oidcStartAnswer>;
