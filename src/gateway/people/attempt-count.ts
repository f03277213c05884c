/** How many wrong tries are free, how long the next ones wait, and how fast all are forgotten. */
export interface Allowance {
  /** Wrong tries after which the next one is still heard at once, one more not. */
  readonly free: number;
  /** How long after the last free one the next is heard, ms: twice as long after each that follows … */
  readonly firstWaitMs: number;
  /** … and at the most so long. */
  readonly longestWaitMs: number;
  /** One is forgotten in so many ms, one after the other. */
  readonly forgetMs: number;
}

/** What is counted, ms. */
export interface AttemptCount {
  readonly nextAt: number;
  readonly forgottenAt: number;
}

/** One try that was added to a count, so that it can be taken back. */
export interface AddedAttempt extends AttemptCount {
  /** By how much the end of all was put off, ms. */
  readonly addedMs: number;
}

/** How many tries are counted. */
export function attempts({ forgottenAt }: AttemptCount, { forgetMs }: Allowance, now: number): number {
  return Math.max(0, Math.ceil((forgottenAt - now) / forgetMs));
}

/** How long the next try has to wait, ms. More than the longest wait is left of a clock that has been set back. */
export function waitMs({ nextAt }: AttemptCount, { longestWaitMs }: Allowance, now: number): number {
  const ms = nextAt - now;
  return ms > longestWaitMs ? 0 : Math.max(0, ms);
}

/** The count with one try more. No more are counted than make the longest wait: what is over is forgotten in time. */
export function withOne(count: AttemptCount, allowance: Allowance, now: number): AddedAttempt {
  const { free, firstWaitMs, longestWaitMs, forgetMs } = allowance;
  const latest = now + (free + Math.ceil(Math.log2(longestWaitMs / firstWaitMs))) * forgetMs;
  const before = Math.min(Math.max(count.forgottenAt, now), latest);
  const forgottenAt = Math.min(before + forgetMs, latest);
  const beyond = attempts({ nextAt: 0, forgottenAt }, allowance, now) - free;
  const wait = beyond < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** beyond);
  return { nextAt: now + wait, forgottenAt, addedMs: forgottenAt - before };
}

/** The count without a try that was right; those of others stay, with the wait that one of them may have made. */
export function withoutOne(
  count: AttemptCount,
  added: AddedAttempt,
  allowance: Allowance,
  now: number,
): AttemptCount {
  const forgottenAt = Math.max(0, count.forgottenAt - added.addedMs);
  const isFree = attempts({ nextAt: 0, forgottenAt }, allowance, now) < allowance.free;
  return { forgottenAt, nextAt: isFree || count.nextAt === added.nextAt ? now : count.nextAt };
}
