import type { Difference, ErrorBody, ErrorCode, Issue } from '../../src/contract/errors.ts';

/** A refusal by the gateway, in its own words; `unreachable` where none came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode | 'unreachable';
  readonly issues: readonly Issue[];
  /** With `changed`: what is no longer as it was asked for. */
  readonly differs: readonly Difference[];

  constructor(
    status: number,
    code: ApiError['code'],
    message: string,
    { issues = [], differs = [] }: Pick<ErrorBody['error'], 'issues' | 'differs'> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.issues = issues;
    this.differs = differs;
  }
}

/** What an answer refuses, and why. */
export function refusal(status: number, text: string): ApiError {
  const body = errorIn(text);
  if (body === undefined)
    return new ApiError(
      status,
      'internal',
      `The gateway answered ${status}, and not in words that this page knows.`,
    );
  const { code, message } = body.error;
  return new ApiError(status, code, message, body.error);
}

function errorIn(text: string): ErrorBody | undefined {
  const body = parsed(text);
  const isError = typeof body === 'object' && body !== null && 'error' in body;
  // Every refusal of the gateway has this shape (`contract/errors`).
  return isError ? (body as ErrorBody) : undefined;
}

export const notJson = Symbol('not JSON');

/** A text as JSON, or `notJson`. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}
