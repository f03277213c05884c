import type { ErrorCode } from '../contract/errors.ts';
import type { Store } from '../store/engine/open.ts';
import { addRefusals } from '../store/session-refusals.ts';
import type { SessionRefusalRow } from '../store/tables.ts';

/** Sessions and codes that are counted between two writes. What comes beyond them meanwhile is not counted. */
const mostCounted = 10_000;
/** Rows that one statement adds. */
const rowsAtOnce = 500;

/**
 * How often each session is refused what leaves no row of its own. A refusal is counted in memory, which costs it nothing and
 * cannot fail; `flush` writes what has come together, so that nobody makes the gateway write by being refused.
 */
export class RefusalCounts {
  readonly #store: Pick<Store, 'write'>;
  #counts = new Map<string, SessionRefusalRow>();
  #flushed: Promise<void> = Promise.resolve();

  constructor(store: Pick<Store, 'write'>) {
    this.#store = store;
  }

  /** `now` in milliseconds. Never throws. */
  count(sessionId: string, code: ErrorCode, now: number): void {
    this.#add({ session_id: sessionId, code, count: 1, last_at: now });
  }

  /** Writes what is counted so far, after an earlier flush has ended. What cannot be written stays counted. Throws as the store. */
  flush(): Promise<void> {
    const flushed = this.#flushed.then(() => this.#write());
    this.#flushed = flushed.catch(() => undefined);
    return flushed;
  }

  #add(row: SessionRefusalRow): void {
    const key = `${row.session_id} ${row.code}`;
    const counted = this.#counts.get(key);
    if (counted !== undefined) {
      counted.count += row.count;
      counted.last_at = Math.max(counted.last_at, row.last_at);
    } else if (this.#counts.size < mostCounted) this.#counts.set(key, row);
  }

  async #write(): Promise<void> {
    if (this.#counts.size === 0) return;
    // In one order: of two gateways that add to the same rows neither waits for the other while that one waits for it.
    const rows = [...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    this.#counts = new Map();
    try {
      await this.#store.write(async (tx) => {
        for (let at = 0; at < rows.length; at += rowsAtOnce)
          await addRefusals(tx, rows.slice(at, at + rowsAtOnce));
      }, 'committed');
    } catch (error) {
      for (const row of rows) this.#add(row);
      throw error;
    }
  }
}
