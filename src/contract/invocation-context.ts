import { z } from 'zod';
import { id, json } from './fields.ts';
import { source, sourceAction } from './sources.ts';

/** Addresses are for those who see the members. */
const person = z.object({ id: z.string(), name: z.string() });
const named = z.object({ id, name: z.string().nullable() });

/** Whose ids stand in an invocation. What is not there any more is `null`. */
export const invocationContext = z.object({
  session: named.extend({ createdBy: person.nullable() }).nullable(),
  automation: named.nullable(),
  source: source.pick({ id: true, kind: true, displayName: true }).nullable(),
  decidedBy: person.nullable(),
});
export type InvocationContext = z.infer<typeof invocationContext>;

/** The action that an invocation names, as its source offers it now. */
export const invocationAction = z.object({
  /** `null` where its source offers it no longer. */
  action: sourceAction.nullable(),
  /** Whether it is still what the agent asked for. If not, an approval is refused. */
  isSame: z.boolean(),
});
export type InvocationAction = z.infer<typeof invocationAction>;

/** A part of a text as it is, or how many characters (code points) of it are hidden: data, which no text can pass for. */
const piece = z.union([z.string(), z.strictObject({ hidden: z.int().positive() })]);

/**
 * What would run, of what waits, whole (the record's copy is shortened where they are long). `shown` is the JSON text that would be
 * sent, in pieces: nothing is merged or written anew, and each hidden part stands where it is, with its length. `params` is
 * the same redacted as the record is, in which names that look like secrets become one.
 */
export const waitingParams = z.object({ params: json, shown: z.array(piece) });
export type WaitingParams = z.infer<typeof waitingParams>;
