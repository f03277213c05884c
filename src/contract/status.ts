import { z } from 'zod';
import { time } from './fields.ts';
import { scope } from './tokens.ts';

export const statusAnswer = z.object({
  version: z.string(),
  database: z.enum(['sqlite', 'postgres']),
  organization: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), email: z.string(), role: z.string() }),
  /** What the request came with, where that is a token. */
  token: z.object({ scopes: z.array(scope), expiresAt: time.nullable() }).nullable(),
  pending: z.number().int(),
  connectors: z.array(
    z.object({ name: z.string(), ok: z.boolean(), tools: z.number().int(), error: z.string().nullable() }),
  ),
});
export type StatusAnswer = z.infer<typeof statusAnswer>;

export const healthAnswer = z.object({ status: z.literal('ok') });
