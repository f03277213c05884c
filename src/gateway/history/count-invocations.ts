import type { CountsAnswer } from '../../contract/history.ts';
import { isoTime, isoTimeOrNull } from '../../lib/clock.ts';
import { countInvocations as countStored } from '../../store/history/count-invocations.ts';
import type { UserCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { type HistoryQuery, historyFilter } from './filter.ts';

export interface CountsQuery extends Omit<HistoryQuery, 'text'> {
  readonly buckets: number;
}

const dayMs = 24 * 3600_000;

/**
 * How many of the organization's invocations there were of each status, over time; without `to` until now, without `from` a day
 * long. Throws `invalid_request` for a time that ends before it begins, `not_found` for a session not theirs, `rate_limited`
 * where they ask for too much at a time, and the signal's reason once they have gone.
 */
export async function countInvocations(
  gateway: Gateway,
  caller: UserCaller,
  query: CountsQuery,
  gone: AbortSignal,
): Promise<CountsAnswer> {
  const filter = await historyFilter(gateway, caller, query);
  const to = filter.to ?? gateway.clock();
  const from = filter.from ?? to - dayMs;
  if (from >= to)
    throw new GatewayError('invalid_request', 'Nothing can be counted: `from` must be before `to`.');
  const bucketMs = Math.ceil((to - from) / query.buckets);
  using _ = gateway.searches.acquire(caller);
  const looking = { userId: caller.userId, gone };
  const wanted = { ...filter, from, to };
  const { counts, countedFrom } = await countStored(gateway.store.db, wanted, bucketMs, looking);
  const buckets = emptyBuckets(from, to, bucketMs);
  for (const { bucket, status, count } of counts) {
    const at = buckets[bucket];
    if (at === undefined) throw new TypeError('what is counted lies within the time');
    at.counts[status] = count;
  }
  return {
    from: isoTime(from),
    to: isoTime(to),
    bucketMs,
    buckets,
    countedFrom: isoTimeOrNull(countedFrom),
  };
}

type Buckets = CountsAnswer['buckets'];

/** As many as begin before `to`: fewer than were asked for where a millisecond is too long. */
function emptyBuckets(from: number, to: number, bucketMs: number): Buckets {
  const length = Math.ceil((to - from) / bucketMs);
  return Array.from({ length }, (_, index) => ({ at: isoTime(from + index * bucketMs), counts: {} }));
}
