import type { PageSecretAnswer } from '../../src/contract/me.ts';
import { noteServerTime } from '../ui/server-time.ts';
import { confirmation } from './confirmation.ts';
import { keepPageSecret, pageSecret, renewing, settledPageSecret } from './page-secret.ts';
import { ApiError, notJson, parsed, refusal } from './refusal.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The person that the page shows. Every request says so: a browser has one cookie for all of its windows, and another person's may replace it. */
let shownUserId: string | undefined;

export function askAs(userId: string): void {
  shownUserId = userId;
}

/**
 * Asks the gateway that served this page; the browser's cookie and its second secret say who asks. The only place that fetches.
 * `Answer` is the contract's type of what the route answers: page and gateway are built from the same contract, and served together.
 * Throws `ApiError`.
 */
export async function ask<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const answered = await answerOf({ method, path, body, signal });
  // The contract says what stands here; see above.
  return read(answered) as Answer;
}

/** The same for what begins this browser's session anew: the secret of that is kept, and all windows of this browser go on with it. */
export async function askForSession(method: Method, path: string, body: unknown): Promise<void> {
  read(await answerOf({ method, path, body, isNewSession: true }));
}

export interface FileAnswer {
  readonly name: string;
  readonly content: Blob;
}

/** The same for a file, which the browser puts on the disk while it comes. One that breaks off is none. */
export async function askForFile(path: string): Promise<FileAnswer> {
  const answered = await answerOf({ method: 'GET', path, body: undefined, isFile: true });
  if (answered.file === undefined) throw refusal(answered.status, answered.text);
  return answered.file;
}

interface Question {
  readonly method: Method;
  readonly path: string;
  readonly body: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly isNewSession?: boolean;
  readonly isFile?: boolean;
}

interface Answered {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
  readonly file?: FileAnswer;
}

/** Asks, and once more where it takes a person who has shown lately who they are, and they have. */
async function answerOf(question: Question): Promise<Answered> {
  const answered = await answerTo(question);
  const { status, ok, text } = answered;
  if (ok || refusal(status, text).code !== notProven) return answered;
  const outcome = await confirmation();
  if (outcome === 'cancelled') throw new ApiError(status, notProven, notConfirmed);
  return outcome === 'confirmed' ? answerTo(question) : answered;
}

const notProven = 'insufficient_user_authentication';
const notConfirmed = 'You have not confirmed that it is you, so that nothing was done.';

/** Sends it, and once more where another window of this browser has begun the session anew meanwhile. */
async function answerTo(question: Question): Promise<Answered> {
  const secret = pageSecret();
  const answered = await sent(question, secret);
  if (answered.status !== 401) return answered;
  const newer = await settledPageSecret();
  return newer === secret ? answered : sent(question, newer);
}

function sent(question: Question, secret: string | undefined): Promise<Answered> {
  if (question.isNewSession !== true) return fetched(question, secret);
  return renewing(async () => keeping(await fetched(question, secret)));
}

async function fetched(question: Question, secret = ''): Promise<Answered> {
  const { method, path, body, signal, isFile = false } = question;
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      redirect: 'error',
      headers: {
        ...(secret !== '' && { 'x-assent-page': secret }),
        ...(shownUserId !== undefined && { 'x-assent-user': shownUserId }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(signal && { signal }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    noteServerTime(response.headers.get('date'));
    const { status, ok } = response;
    if (isFile && ok) return { status, ok, text: '', file: await fileOf(response) };
    return { status, ok, text: await response.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', isFile ? fileLost : method === 'GET' ? noAnswer : answerLost);
  }
}

async function fileOf(response: Response): Promise<FileAnswer> {
  const disposition = response.headers.get('content-disposition') ?? '';
  const name = /filename="([^"]+)"/.exec(disposition)?.[1] ?? 'assent';
  return { name, content: await response.blob() };
}

function keeping(answered: Answered): Answered {
  // The contract's answer where a session has begun anew.
  if (answered.ok) keepPageSecret((read(answered) as PageSecretAnswer).pageSecret);
  return answered;
}

function read({ status, ok, text }: Answered): unknown {
  if (!ok) throw refusal(status, text);
  const answer = text === '' ? undefined : parsed(text);
  if (answer === notJson) throw refusal(status, text);
  return answer;
}

const noAnswer = 'The gateway does not answer. Is it running? This page tries again.';
const answerLost =
  'The gateway does not answer, so that it is not known whether this was done. Look at what stands there before you try again.';
const fileLost = 'The file did not come whole, so that nothing was saved. Try again.';
