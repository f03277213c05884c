import type { ErrorBody, ErrorCode, Issue } from '../../src/contract/errors.ts';

/** A refusal by the gateway, in its own words; `unreachable` where none came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode | 'unreachable';
  readonly issues: readonly Issue[];

  constructor(status: number, code: ApiError['code'], message: string, issues: readonly Issue[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Asks the gateway that served this page; the browser's cookie says who asks. The only place that fetches. `Answer` is the
 * contract's type of what the route answers: page and gateway are built from the same contract, and served together.
 * Throws `ApiError`.
 */
export async function ask<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const answer = await answerTo(method, path, body, signal);
  const text = await answer.text();
  if (!answer.ok) throw refusal(answer.status, text);
  // The contract says what stands here; see above.
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

async function answerTo(
  method: Method,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      redirect: 'error',
      ...(signal && { signal }),
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(
      0,
      'unreachable',
      'The gateway does not answer. Is it running? This page tries again.',
    );
  }
}

function refusal(status: number, text: string): ApiError {
  const body = errorIn(text);
  if (body === undefined)
    return new ApiError(
      status,
      'internal',
      `The gateway answered ${status}, and not in words that this page knows.`,
    );
  const { code, message, issues } = body.error;
  return new ApiError(status, code, message, issues);
}

function errorIn(text: string): ErrorBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const isError = typeof body === 'object' && body !== null && 'error' in body;
    // Every refusal of the gateway has this shape (`contract/errors`).
    return isError ? (body as ErrorBody) : undefined;
  } catch {
    return undefined;
  }
}
