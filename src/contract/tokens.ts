import { z } from 'zod';
import { scopes } from '../shared/user-tokens.ts';
import { id, name, time } from './fields.ts';

export const scope = z.enum(scopes);
export const scopeList = z
  .array(scope)
  .min(1, 'a token has at least one scope')
  .max(scopes.length)
  .refine((list) => new Set(list).size === list.length, 'a scope is named twice');

/** A person's key to the gateway, for the command line and scripts. */
export const token = z.object({
  id,
  name: z.string(),
  /** What it may be used for, within the role of its person. */
  scopes: z.array(scope),
  createdAt: time,
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
});
export type Token = z.infer<typeof token>;

/**
 * Without `ttlSeconds` it works for 90 days; `null` asks for one without an end. Without `scopes` it has those of what it is made
 * with: of a token its own, of a browser all.
 */
export const tokenBody = z.strictObject({
  name,
  scopes: scopeList.optional(),
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
