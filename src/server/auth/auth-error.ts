import { AssentError } from '../../lib/errors.ts';

export type AuthErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'conflict'
  | 'not_found'
  | 'expired'
  | 'denied'
  | 'invalid_request'
  | 'unavailable';

/** A refusal by the login. */
export class AuthError extends AssentError<AuthErrorCode> {}
