import { AssentError } from '../../lib/errors.ts';

export type AuthErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'insufficient_user_authentication'
  | 'conflict'
  | 'not_found'
  | 'expired'
  | 'invalid_request'
  | 'unavailable';

/** A refusal by the login. */
export class AuthError extends AssentError<AuthErrorCode> {}
