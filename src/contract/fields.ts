import { z } from 'zod';

/** A moment: ISO 8601 in UTC. */
export const time = z.string().meta({ format: 'date-time' });
export const id = z.uuid();
/** What people call a connector, session, automation or token by. */
export const name = z
  .string()
  .trim()
  .min(1, 'a name has at least one character')
  .max(100, 'a name has at most 100 characters')
  .regex(/^\P{Cc}*$/u, 'a name holds no control characters');
export const json: z.ZodType = z.unknown();
/** How many rows a page of a list has. */
export const limit = z.coerce.number().int().min(1).max(200).default(50);
/** Opaque: the `nextCursor` of the page before. */
export const cursor = z.uuid();
