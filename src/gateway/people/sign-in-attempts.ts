import { AssentError } from '../../lib/errors.ts';
import type { Database } from '../../store/engine/database.ts';
import { type Attempts, findAttempts, holdAttempts, saveAttempts } from '../../store/sign-in-attempts.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import {
  type AddedAttempt,
  type Allowance,
  type AttemptCount,
  attempts,
  waitMs,
  withOne,
  withoutOne,
} from './attempt-count.ts';
import { familiarKey } from './familiar.ts';
import {
  type CountedBy,
  familiarAllowance,
  type GuessRule,
  type GuessRuleName,
  guessRules,
} from './guess-rules.ts';

/** What is tried, and from where; `browser` is what that shows of an earlier sign-in. */
export type Tried = Partial<Readonly<Record<CountedBy | 'browser', string | undefined>>>;

/**
 * Does what somebody may try only so often, by the allowances of a rule. A try is counted before it is heard, and taken back if
 * it was right, so that no more are heard however many come at once, at however many gateways. Throws what the work throws, and
 * `rate_limited` with the seconds to wait.
 */
export async function guessing<Result>(
  gateway: Gateway,
  name: GuessRuleName,
  tried: Tried,
  work: () => Promise<Result>,
): Promise<Result> {
  const rule: GuessRule = guessRules[name];
  const counters = await countersOf(gateway, name, rule, tried);
  const counting = { gateway, name, rule, counters };
  return rule.isUnguessable ? hearFirst(counting, work) : countFirst(counting, work);
}

interface Counting {
  readonly gateway: Gateway;
  readonly name: GuessRuleName;
  readonly rule: GuessRule;
  readonly counters: readonly Counter[];
}

interface Counter {
  readonly key: string;
  readonly by: CountedBy | 'familiar';
  readonly allowance: Allowance;
}

/** Whoever comes from where the account was signed in to before has an allowance of their own, which no stranger uses up. */
async function countersOf(
  gateway: Gateway,
  name: GuessRuleName,
  rule: GuessRule,
  { browser, ...tried }: Tried,
): Promise<Counter[]> {
  const { account, address } = tried;
  const familiar = rule.by.account && (await familiarKey(gateway, { account, address, browser }));
  if (familiar !== undefined) return [{ key: familiar, by: 'familiar', allowance: familiarAllowance }];
  return (['account', 'user', 'address'] as const).flatMap((by) => {
    const allowance = rule.by[by];
    const key = gateway.hashAttempt(JSON.stringify([name, by, tried[by] ?? '']));
    return allowance === undefined ? [] : [{ key, by, allowance }];
  });
}

async function countFirst<Result>(counting: Counting, work: () => Promise<Result>): Promise<Result> {
  const added = await take(counting);
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    if (!isWrong(counting.rule, error)) await giveBack(counting, added, { isRight: false });
    throw error;
  }
  await giveBack(counting, added, { isRight: true });
  return result;
}

async function hearFirst<Result>(counting: Counting, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isWrong(counting.rule, error)) await take(counting);
    throw error;
  }
}

function isWrong({ wrong }: GuessRule, error: unknown): boolean {
  return wrong === 'every' || (error instanceof AssentError && wrong.some((code) => code === error.code));
}

type Added = ReadonlyMap<string, AddedAttempt>;

/** Counts one try under each, or none at all. Throws `rate_limited`. */
async function take({ gateway, name, rule, counters }: Counting): Promise<Added> {
  const now = gateway.clock();
  const { store, log } = gateway;
  // A flood of tries that are refused anyhow only reads: it holds no row, and no connection that waits for one.
  refuseWaiting(rule, longestWait(await findAttempts(store.db, keysOf(counters), now), counters, now));
  const { wait, added } = await store.write((tx) => addToEach(tx, counters, now), 'committed');
  refuseWaiting(rule, wait);
  for (const { key, by, allowance } of counters) {
    const count = added.get(key);
    if (count && attempts(count, allowance, now) === allowance.free)
      log.warn({ rule: name, by }, 'further tries have to wait');
  }
  return added;
}

async function addToEach(
  tx: Database,
  counters: readonly Counter[],
  now: number,
): Promise<{ readonly wait: number; readonly added: Added }> {
  const held = await holdAttempts(tx, keysOf(counters), now);
  const wait = longestWait(held, counters, now);
  if (wait > 0) return { wait, added: new Map() };
  const added = new Map(counters.map((one) => [one.key, withOne(countOf(held, one), one.allowance, now)]));
  for (const one of counters) await save(tx, held, one, added.get(one.key));
  return { wait, added };
}

function longestWait(rows: Attempts, counters: readonly Counter[], now: number): number {
  return Math.max(...counters.map((one) => waitMs(countOf(rows, one), one.allowance, now)));
}

function refuseWaiting({ says }: GuessRule, ms: number): void {
  if (ms === 0) return;
  const retryAfterSeconds = Math.ceil(ms / 1000);
  const message = `${says} Try again in ${retryAfterSeconds} s.`;
  throw new GatewayError('rate_limited', message, { retryAfterSeconds });
}

/** A right try counts nowhere, and what came from the same familiar place before is forgotten; what came from others is not. */
async function giveBack(
  { gateway, rule, counters }: Counting,
  added: Added,
  { isRight }: { readonly isRight: boolean },
): Promise<void> {
  if (rule.wrong === 'every') return;
  const now = gateway.clock();
  await gateway.store.write(async (tx) => {
    const held = await holdAttempts(tx, keysOf(counters), now);
    for (const one of counters) {
      const taken = added.get(one.key);
      const rest = taken && withoutOne(countOf(held, one), taken, one.allowance, now);
      await save(tx, held, one, isRight && one.by === 'familiar' ? nothing : rest);
    }
  }, 'committed');
}

const nothing: AttemptCount = { nextAt: 0, forgottenAt: 0 };

const keysOf = (counters: readonly Counter[]) => counters.map(({ key }) => key);

function countOf(rows: Attempts, { key }: Counter): AttemptCount {
  const row = rows.get(key);
  return row === undefined ? nothing : { nextAt: row.next_at, forgottenAt: row.forgotten_at };
}

async function save(tx: Database, held: Attempts, { key, by }: Counter, count?: AttemptCount): Promise<void> {
  const row = held.get(key);
  if (row === undefined || count === undefined) return;
  const { nextAt: next_at, forgottenAt: forgotten_at } = count;
  // How long a place is familiar follows from the last sign-in alone.
  const expires_at = by === 'familiar' ? row.expires_at : Math.max(row.expires_at, next_at, forgotten_at);
  await saveAttempts(tx, { key, next_at, forgotten_at, expires_at });
}
