import type { Status } from '../../src/contract/invocation.ts';

/** What the history is narrowed to. */
export interface Filters {
  readonly status?: Status;
  readonly sourceId?: string;
  readonly sessionId?: string;
  /** Back from now; `from` and `to` go before it. */
  readonly last?: Period;
  /** ISO 8601, UTC. */
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
}

/** The same in the words of `GET /v1/invocations`, `now` in ms. */
export function asked({ last, ...filters }: Filters, now: number): Readonly<Record<string, string>> {
  return last === undefined ? filters : { ...filters, from: new Date(now - periods[last].ms).toISOString() };
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Times to look back over. `parts`: how many bars its chart has, so that each is a round time. */
export const periods = {
  '1h': { name: 'Last hour', ms: hour, parts: 60 },
  '24h': { name: 'Last 24 hours', ms: day, parts: 48 },
  '7d': { name: 'Last 7 days', ms: 7 * day, parts: 56 },
  '30d': { name: 'Last 30 days', ms: 30 * day, parts: 60 },
} as const;

export type Period = keyof typeof periods;

/** In the order of length. */
export const periodNames: readonly Period[] = ['1h', '24h', '7d', '30d'];
