import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Difference, ErrorBody, ErrorCode, Issue } from '../contract/errors.ts';
import { databaseRefusal } from '../gateway/database-refusal.ts';
import { GatewayError } from '../gateway/errors.ts';
import { AssentError } from '../lib/errors.ts';
import { AuthError } from './auth/auth-error.ts';

/** The only place that knows which HTTP status a code has. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  invalid_params: 400,
  unknown_action: 400,
  unauthenticated: 401,
  forbidden: 403,
  insufficient_user_authentication: 403,
  insufficient_scope: 403,
  source_disabled: 403,
  denied: 403,
  not_found: 404,
  conflict: 409,
  changed: 409,
  expired: 410,
  result_gone: 410,
  payload_too_large: 413,
  idempotency_mismatch: 422,
  rate_limited: 429,
  pending_limit: 429,
  internal: 500,
  action_failed: 502,
  source_unavailable: 502,
  unavailable: 503,
};

/**
 * Every error becomes a code and one sentence. What nobody foresaw is logged, and tells nothing of its cause. Returns the code.
 */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): ErrorCode {
  const { code, message, ...details } = refusalOf(error);
  if (code === 'internal') request.log.error({ err: error }, 'unforeseen');
  else if (databaseRefusal(error) !== undefined) request.log.error({ err: error }, message);
  sayWhenToRetry(error, reply);
  const challenge = challengeOf(error, code);
  if (challenge !== undefined) void reply.header('www-authenticate', challenge);
  const body: ErrorBody = { error: { code, message, ...details } };
  // Said here too: what has no route has no hooks, and what was to be kept is not kept when it fails.
  void reply.header('cache-control', 'no-store');
  // Past the route's own serializer: an error has one shape on every route.
  void reply.status(statusOf[code]).type('application/json').serializer(JSON.stringify).send(body);
  return code;
}

/** Where a refusal knows when it will be none. */
export function sayWhenToRetry(error: unknown, reply: FastifyReply): void {
  if (error instanceof GatewayError && error.details.retryAfterSeconds !== undefined)
    void reply.header('retry-after', String(error.details.retryAfterSeconds));
}

/** What a client is to bring along (RFC 6750, section 3). */
function challengeOf(error: FastifyError, code: ErrorCode): string | undefined {
  if (code === 'unauthenticated') return 'Bearer';
  if (!(error instanceof GatewayError) || error.details.scopes === undefined) return undefined;
  return `Bearer error="insufficient_scope", scope="${error.details.scopes.join(' ')}"`;
}

interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly issues?: Issue[];
  readonly differs?: Difference[];
}

const internal: Refusal = {
  code: 'internal',
  message: 'Something went wrong in the gateway. Its log says what.',
};

function refusalOf(error: FastifyError): Refusal {
  if (error instanceof GatewayError) {
    const { issues, differs } = error.details;
    return {
      code: error.code,
      message: error.message,
      ...(issues !== undefined && { issues: [...issues] }),
      ...(differs !== undefined && { differs: [...differs] }),
    };
  }
  if (error instanceof AuthError) return { code: error.code, message: error.message };
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error);
  const known = ofFastify[error.code]?.(error) ?? (isUnsealable(error) ? unsealable(error) : undefined);
  return known ?? databaseRefusal(error) ?? internal;
}

const ofFastify: Readonly<Record<string, (error: FastifyError) => Refusal>> = {
  FST_ERR_BAD_URL: () => ({
    code: 'invalid_request',
    message: 'The path is not valid: a "%" in it begins no encoded character.',
  }),
  FST_ERR_MAX_PARAM_LENGTH: () => ({
    code: 'invalid_request',
    message: 'A part of the path is longer than anything here is called.',
  }),
  FST_ERR_CTP_INVALID_JSON_BODY: () => ({ code: 'invalid_request', message: 'The body is not valid JSON.' }),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => ({
    code: 'invalid_request',
    message: 'The body is empty. Send a JSON object, or no content-type.',
  }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => ({
    code: 'invalid_request',
    message: 'The body is not as long as its content-length says.',
  }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => ({
    code: 'invalid_request',
    message: 'Send JSON, with content-type: application/json.',
  }),
  FST_ERR_CTP_BODY_TOO_LARGE: () => ({
    code: 'payload_too_large',
    message: 'The body is over 1 MiB, the most that is taken.',
  }),
};

function invalidRequest(error: FastifyError): Refusal {
  const issues = (error.validation ?? []).map((one) => ({
    path: one.instancePath === '/' ? '' : one.instancePath,
    message: one.message ?? 'is not valid',
  }));
  const [first] = issues;
  const part = parts[error.validationContext ?? ''] ?? 'request is';
  const at = first === undefined || first.path === '' ? '' : ` at ${first.path}`;
  return {
    code: 'invalid_request',
    message: `The ${part} not valid${at}: ${first?.message ?? 'it does not fit'}.`,
    issues,
  };
}

const parts: Readonly<Record<string, string>> = {
  params: 'path is',
  querystring: 'query is',
  headers: 'headers are',
  body: 'body is',
};

function isUnsealable(error: unknown): error is AssentError {
  return error instanceof AssentError && error.code === 'unsealable';
}

function unsealable(error: AssentError): Refusal {
  return { code: 'unavailable', message: error.message };
}
