import { codeOf, messageOf } from '../../lib/errors.ts';
import { AuthError } from './auth-error.ts';

/** A provider that cannot be asked; why is in `cause`, for the log. */
export function unreachable(cause?: unknown): AuthError {
  return new AuthError(
    'unavailable',
    "Single sign-on does not work at present: its provider gives no usable answer. Sign in another way, or try again later. The gateway's log says more.",
    { cause },
  );
}

/** What a provider answered, and cannot be believed or is a refusal of its own. It holds nothing of the answer: that has tokens in it. */
export class RefusedAnswer extends Error {
  /** The provider's own code (RFC 6749, sections 4.1.2.1 and 5.2), or one of `openid-client`'s. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'RefusedAnswer';
    this.code = code;
  }
}

/** Throws `RefusedAnswer`. */
export function refuseAnswer(code: string, message: string): never {
  throw new RefusedAnswer(code, message);
}

/** What `openid-client` threw, without the answer that it threw it for; `unavailable` as it is, for it wraps that once. */
export function asRefusal(error: unknown): AuthError | RefusedAnswer {
  if (error instanceof AuthError) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AuthError) return cause;
  return new RefusedAnswer(codeIn(error), reasonIn(error));
}

/** Anybody can send a browser here with a code that they made up. */
function codeIn(error: unknown): string {
  const told = typeof error === 'object' && error !== null && 'error' in error ? error.error : undefined;
  const code = typeof told === 'string' ? told : codeOf(error);
  return code !== undefined && /^\w{1,60}$/.test(code) ? code : 'unreadable';
}

/** The sentences of `openid-client` and `oauth4webapi` are their own throughout: nothing of an answer is in them. */
function reasonIn(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return messageOf(error) + cause;
}
