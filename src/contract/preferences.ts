import { z } from 'zod';

/** Each entry is a source id, or a mode key for one action of it. */
export const preferences = z.strictObject({
  disabled: z
    .array(
      z
        .string()
        .min(1)
        .max(400)
        .regex(/^\P{Cc}*$/u, 'an entry holds no control characters'),
    )
    .max(1000),
});
export type Preferences = z.infer<typeof preferences>;
