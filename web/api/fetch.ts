import type { Difference, ErrorBody, ErrorCode, Issue } from '../../src/contract/errors.ts';
import { noteServerTime } from '../ui/server-time.ts';

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

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The person that the page shows. Every request says so: a browser has one cookie for all of its windows, and another person's may replace it. */
let shownUserId: string | undefined;

export function askAs(userId: string): void {
  shownUserId = userId;
}

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
  const { status, ok, text } = await answerTo(method, path, body, signal);
  if (!ok) throw refusal(status, text);
  const answer = text === '' ? undefined : parsed(text);
  if (answer === notJson) throw refusal(status, text);
  // The contract says what stands here; see above.
  return answer as Answer;
}

interface Answered {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
}

async function answerTo(
  method: Method,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<Answered> {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      redirect: 'error',
      headers: {
        ...(shownUserId !== undefined && { 'x-assent-user': shownUserId }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(signal && { signal }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    noteServerTime(response.headers.get('date'));
    return { status: response.status, ok: response.ok, text: await response.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', method === 'GET' ? noAnswer : answerLost);
  }
}

const noAnswer = 'The gateway does not answer. Is it running? This page tries again.';
const answerLost =
  'The gateway does not answer, so that it is not known whether this was done. Look at what stands there before you try again.';

function refusal(status: number, text: string): ApiError {
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

const notJson = Symbol('not JSON');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}
