import { z } from 'zod';
import { time } from './fields.ts';

export const secretKey = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_.-]{0,99}$/,
    'a secret key is letters, digits, "_", "." and "-", like LINEAR_TOKEN',
  );

/** Shorter values cannot be told from ordinary text when results are redacted. */
export const minSecretLength = 8;
/** Characters of a secret's value at the most. */
export const maxSecretLength = 16_384;

/** Values are write-only: no answer holds one. */
export const secretBody = z.strictObject({
  value: z
    .string()
    .min(
      minSecretLength,
      `a secret has at least ${minSecretLength} characters: a shorter one cannot be redacted`,
    )
    .max(maxSecretLength),
});
export const secretInfo = z.object({ key: z.string(), createdAt: time, updatedAt: time });
export type SecretInfo = z.infer<typeof secretInfo>;
export const secretAnswer = z.object({ secret: secretInfo });
export const secretsAnswer = z.object({ secrets: z.array(secretInfo) });
