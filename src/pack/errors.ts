import { AssentError } from '../lib/errors.ts';

/** Which part of a pack, or of what a pack is made from or answered with, could not be taken. */
export type PackErrorCode =
  | 'bad_script'
  | 'bad_recipe'
  | 'bad_payload'
  | 'bad_envelope'
  | 'bad_key'
  | 'bad_signature'
  | 'bad_policy'
  | 'bad_reply';

/**
 * The message alone is what the original program says, word for word; the code says where it said it.
 *
 * ```ts
 * import { decodePayload, PackError } from 'assent/pack';
 *
 * try {
 *   decodePayload(new Uint8Array(3));
 * } catch (error) {
 *   if (!(error instanceof PackError)) throw error;
 *   console.log(error.code, error.message); // bad_payload payload too small
 * }
 * ```
 */
export class PackError extends AssentError<PackErrorCode> {}

/** A function that refuses with one code. */
export function refusing(code: PackErrorCode): (message: string) => never {
  return (message) => {
    throw new PackError(code, message);
  };
}
