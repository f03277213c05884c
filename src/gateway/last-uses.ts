import type { Store } from '../store/engine/open.ts';
import { setUsedAt } from '../store/grants.ts';

/** How exactly the last use of a right is noted. */
const exactMs = 60_000;
/** Rights whose uses are kept in mind between two writes. What comes beyond them meanwhile is not noted. */
const mostNoted = 10_000;
/** Rights that one statement notes. */
const rowsAtOnce = 500;

/**
 * When rights were last used, to the minute. A use is noted in memory, which costs the request nothing and cannot fail, and waits for
 * no database that is held; `flush` writes what has come together.
 */
export class LastUses {
  readonly #store: Pick<Store, 'write'>;
  /** When each was last noted, and whether that is to be written. */
  readonly #noted = new Map<string, { at: number; isWritten: boolean }>();

  constructor(store: Pick<Store, 'write'>) {
    this.#store = store;
  }

  /** `now` in milliseconds. Never throws. */
  note(grantId: string, now: number): void {
    const noted = this.#noted.get(grantId);
    if (noted === undefined && this.#noted.size >= mostNoted) return;
    if (noted === undefined || now - noted.at >= exactMs)
      this.#noted.set(grantId, { at: now, isWritten: false });
  }

  /** Writes what was noted since. What cannot be written stays noted. Throws as the store. */
  async flush(now: number): Promise<void> {
    const fresh = [...this.#noted]
      .filter(([, { isWritten }]) => !isWritten)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (let at = 0; at < fresh.length; at += rowsAtOnce) {
      const some = fresh.slice(at, at + rowsAtOnce);
      const usedAt = Math.max(...some.map(([, noted]) => noted.at));
      await this.#store.write(
        (tx) =>
          setUsedAt(
            tx,
            some.map(([id]) => id),
            usedAt,
          ),
        'committed',
      );
      for (const [, noted] of some) noted.isWritten = true;
    }
    for (const [id, { at, isWritten }] of this.#noted)
      if (isWritten && now - at >= exactMs) this.#noted.delete(id);
  }
}
