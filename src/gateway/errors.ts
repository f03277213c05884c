import type { Difference, ErrorCode, Issue } from '../contract/errors.ts';
import type { Invocation } from '../contract/invocation.ts';
import { AssentError } from '../lib/errors.ts';
import type { Scope } from '../shared/user-tokens.ts';

interface Details {
  readonly issues?: readonly Issue[];
  /** With `insufficient_scope`: all that it takes. */
  readonly scopes?: readonly Scope[];
  readonly retryAfterSeconds?: number;
  readonly differs?: readonly Difference[];
  /** The row that the refusal stands in, where there is one. */
  readonly invocation?: Invocation;
  /** Whose token was presented, where it is good no more. */
  readonly endedSession?: string;
  readonly cause?: unknown;
}

/** A refusal by a use case; `server/` alone knows which HTTP status it becomes. */
export class GatewayError extends AssentError<ErrorCode> {
  readonly details: Details;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(code, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.details = details;
  }
}

/** The one answer for what is not there and for what belongs to another organization. */
export function notFound(what: string): GatewayError {
  return new GatewayError('not_found', `There is no such ${what}.`);
}
