import { z } from 'zod';
import { id, time } from './fields.ts';

/** Every kind of right that the ledger knows. The first three sign their person in; the others came from one of them. */
export const grantKind = z.enum([
  'password',
  'passkey',
  'provider_account',
  'browser_session',
  'login_link',
  'device_code',
  'user_token',
  'agent_session',
  'invitation',
]);
export type GrantKind = z.infer<typeof grantKind>;

/** How a browser was signed in. `recovery` is a link that was made on the gateway's own machine. */
export const signInMethod = z.enum(['password', 'passkey', 'single_sign_on', 'link', 'recovery']);
export type SignInMethod = z.infer<typeof signInMethod>;

/** A right that somebody holds, as they see it themselves. */
export const grant = z.object({
  id,
  kind: grantKind,
  /** What people know it by: a token's or a passkey's name, the address that was invited. */
  name: z.string().nullable(),
  /**
   * What it came from, among those that hold, which takes it along when it ends: what has ended hides nothing that came from it.
   * `null` where that is not known, or was this machine's own word.
   */
  cameFrom: id.nullable(),
  /** Of a browser session. */
  method: signInMethod.nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: time,
  /** To the minute. */
  lastUsedAt: time.nullable(),
  expiresAt: time.nullable(),
  /** Whether the request came with it. */
  isCurrent: z.boolean(),
});
export type Grant = z.infer<typeof grant>;

/** Those that hold, the oldest first. */
export const grantsAnswer = z.object({ grants: z.array(grant) });
export type GrantsAnswer = z.infer<typeof grantsAnswer>;

/** Ids of what came from it and is to stay; it then comes from the session that says so. */
export const endGrantBody = z.strictObject({ keep: z.array(id).max(1000).default([]) });

/** What ended: the grant itself first. */
export const grantsEnded = z.object({ ended: z.array(grant.pick({ id: true, kind: true, name: true })) });
export type GrantsEnded = z.infer<typeof grantsEnded>;
