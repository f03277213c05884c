import type { Status } from '../../src/contract/invocation.ts';
import { type Period, periods } from './periods.ts';

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
