import type { Difference, ErrorCode, Issue } from '../contract/errors.ts';
import type { Invocation } from '../contract/invocation.ts';
import { AssentError, codeOf } from '../lib/errors.ts';

/** What the process ends with. */
export const exit = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/** The command line's own codes, and those that the gateway answers with. */
export type FailureCode =
  | ErrorCode
  | 'usage'
  | 'unreachable'
  | 'ambiguous'
  | 'timeout'
  | 'unwritable'
  | 'unreadable'
  | 'no_key'
  | 'refused';

export interface FailureDetails {
  readonly issues?: readonly Issue[] | undefined;
  /** With `changed`. */
  readonly differs?: readonly Difference[] | undefined;
  /** The row that the refusal stands in, where there is one. */
  readonly invocation?: Invocation | undefined;
  readonly cause?: unknown;
}

/** A command that does not end well: a sentence for people that says what to do, and a code. */
export class Failure extends AssentError<FailureCode> {
  readonly details: FailureDetails;

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(code, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.details = details;
  }
}

export function usage(message: string): Failure {
  return new Failure('usage', message);
}

export function exitCodeOf(thrown: unknown): ExitCode {
  const code = codeOf(thrown);
  if (code === 'usage') return exit.usage;
  return code === 'unreachable' ? exit.unreachable : exit.refused;
}

/** By its name: in dist/ the gateway's file has a class `AssentError` of its own. */
export function codeForMachines(thrown: unknown): string {
  const isOurs = thrown instanceof Error && thrown.name === 'AssentError';
  return (isOurs ? codeOf(thrown) : undefined) ?? 'internal';
}

export function differencesOf(thrown: unknown): readonly Difference[] {
  return thrown instanceof Failure ? (thrown.details.differs ?? []) : [];
}

export function issuesOf(thrown: unknown): readonly Issue[] {
  return thrown instanceof Failure ? (thrown.details.issues ?? []) : [];
}
