import { AssentError } from '../lib/errors.ts';

/** Why the guarded fetch refused, or broke off. The message is the detail: an HTTP status, a size. */
export type GuardCode = 'private_address' | 'redirect' | 'too_large';

export class GuardFault extends AssentError<GuardCode> {
  constructor(code: GuardCode, detail = '') {
    super(code, detail);
  }
}
