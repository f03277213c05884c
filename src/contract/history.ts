import { z } from 'zod';
import { id, time } from './fields.ts';
import { sessionInvocationsQuery, status } from './invocation.ts';

/** Offsets are taken; an answer's times are in UTC. */
const moment = z.iso.datetime({ offset: true });

/** Which of the organization's invocations; `from` counts, `to` does not. */
const filters = {
  status: status.optional(),
  sourceId: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u, 'a source id holds no control characters')
    .optional(),
  sessionId: id.optional(),
  from: moment.optional(),
  to: moment.optional(),
};

/**
 * Stands anywhere in an invocation's action id, source id, params, result, error or reason of denial: as it is, without
 * regard to case. All of ASCII is compared so; other letters as the database has it.
 */
const text = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'a text to look for holds no control characters')
  .optional();

export const invocationsQuery = sessionInvocationsQuery.extend({ ...filters, text });

export const exportQuery = z.strictObject({ ...filters, text });

export const countsQuery = z.strictObject({
  ...filters,
  /** How many equal parts the time is divided into. */
  buckets: z.coerce.number().int().min(1).max(120).default(48),
});

const bucket = z.object({
  /** When it begins; it ends `bucketMs` later, the last one at `to`. */
  at: time,
  /** By status; one that does not occur is left out. */
  counts: z.partialRecord(status, z.number().int().positive()),
});

export const countsAnswer = z.object({
  from: time,
  to: time,
  bucketMs: z.number().int(),
  /** In the order of time, empty ones too. */
  buckets: z.array(bucket),
  /** `null` where all of the time was counted, otherwise back to when it was. */
  countedFrom: time.nullable(),
});
export type CountsAnswer = z.infer<typeof countsAnswer>;
