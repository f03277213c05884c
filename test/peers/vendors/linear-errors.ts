// Linear's errors, in its own words.
import { GraphQLError } from 'graphql';
import type { Answer } from './vendor.ts';

/** A refusal of what was asked: HTTP 200, and `data` null where the field is not nullable. */
export function inputError(message: string, presentable: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: explain('invalid input', 'INPUT_ERROR', 400, presentable),
  });
}

export function entityNotFound(kind: string): GraphQLError {
  return inputError(`Entity not found: ${kind}`, `Could not find referenced ${kind}.`);
}

export const notAuthenticated: Answer = refuse(
  401,
  'Authentication required, not authenticated',
  explain(
    'authentication error',
    'AUTHENTICATION_ERROR',
    401,
    'You need to authenticate to access this operation.',
  ),
);

export const apiKeyAsBearer: Answer = refuse(
  400,
  "It looks like you're trying to use an API key as a Bearer token. Remove the Bearer prefix from the Authorization header.",
  explain(
    'authentication error',
    'AUTHENTICATION_ERROR',
    400,
    'You need to authenticate to access this operation.',
  ),
);

/** Linear says 400, not 429; the header counts seconds, the reset is in ms since 1970. */
export function rateLimited(retryAfterSeconds: number): Answer {
  const message = 'Rate limit exceeded. Only 1500 requests are allowed per 1 hour.';
  const { status, body } = refuse(400, message, explain('ratelimited', 'RATELIMITED', 429, message));
  const headers = {
    'retry-after': `${retryAfterSeconds}`,
    'x-ratelimit-requests-limit': '1500',
    'x-ratelimit-requests-remaining': '0',
    'x-ratelimit-requests-reset': `${Date.now() + retryAfterSeconds * 1000}`,
  };
  return { status: status ?? 400, headers, body };
}

/** A request that is not a valid operation, which Linear's GraphQL server refuses before it does anything. */
export function malformed(code: string, errors: readonly GraphQLError[]): Answer {
  const extensions = { type: 'graphql error', code, http: { status: 400, headers: {} } };
  return { status: 400, body: { errors: errors.map((error) => ({ ...error.toJSON(), extensions })) } };
}

function refuse(status: number, message: string, extensions: Record<string, unknown>): Answer {
  return {
    status,
    body: { errors: [{ message, extensions: { ...extensions, http: { status, headers: {} } } }] },
  };
}

function explain(
  type: string,
  code: string,
  statusCode: number,
  userPresentableMessage: string,
): Record<string, unknown> {
  return { type, code, statusCode, userError: true, userPresentableMessage, meta: {} };
}
