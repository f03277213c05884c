import { z } from 'zod';

/**
 * Why single sign-on let nobody in, or connected or confirmed nobody, as far as it is theirs to know. Who is unknown and who has an
 * address that is not proven are both a `stranger`: otherwise anybody could ask which addresses have accounts.
 */
export const signOnProblem = z.enum([
  'stranger',
  'cancelled',
  'stale',
  'taken',
  'second',
  'another',
  'failed',
]);
export type SignOnProblem = z.infer<typeof signOnProblem>;
