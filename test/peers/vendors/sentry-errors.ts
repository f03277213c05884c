// Sentry's refusals: an HTTP status, and `detail` or the fields that are wrong.
import type { Answer } from './vendor.ts';

export class SentryError extends Error {
  readonly answer: Answer;
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(`${status} ${JSON.stringify(body)}`);
    this.answer = { status, body };
  }
}

export function notFound(): SentryError {
  return new SentryError(404, { detail: 'The requested resource does not exist' });
}

/** The headers say how many requests were allowed, how many are left, and when there are more, in s since 1970. */
export function rateLimited(retryAfterSeconds: number): Answer {
  return {
    status: 429,
    headers: {
      'retry-after': `${retryAfterSeconds}`,
      'x-sentry-rate-limit-limit': '40',
      'x-sentry-rate-limit-remaining': '0',
      'x-sentry-rate-limit-reset': `${Math.ceil(Date.now() / 1000) + retryAfterSeconds}`,
      'x-sentry-rate-limit-concurrentlimit': '25',
      'x-sentry-rate-limit-concurrentremaining': '25',
    },
    body: {
      detail: 'You are attempting to use this endpoint too frequently. Limit is 40 requests in 1 seconds',
    },
  };
}
