import type { InvocationRow } from '../tables.ts';

/**
 * What of a row is shown, and so is read for a list. The exact params stay behind: a row that waits may have a megabyte of
 * them, which nobody who reads a list is given.
 */
export const shownColumns = [
  'id',
  'organization_id',
  'session_id',
  'automation_id',
  'source_id',
  'action_id',
  'risk_level',
  'mode',
  'mode_source',
  'status',
  'params',
  'result',
  'error',
  'denied_reason',
  'expires_at',
  'decided_by',
  'decided_at',
  'created_at',
  'started_at',
  'completed_at',
] as const satisfies readonly (keyof InvocationRow)[];

export type ShownRow = Pick<InvocationRow, (typeof shownColumns)[number]>;

/** Rows that are read at first, when nobody knows how large they are: 700 KB at the most. */
const firstRead = 32;

/** What a row takes beside its texts of any length, bytes. */
const fixedBytes = 600;

/** The rows of a page, until it has so many, or what they take comes to so many bytes. It has one row, however large. */
export class PageRows {
  readonly rows: ShownRow[] = [];
  /** Rows that fit have been found beyond the page. */
  hasMore = false;
  readonly #limit: number;
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(limit: number, mostBytes: number) {
    this.#limit = limit;
    this.#mostBytes = mostBytes;
  }

  /** How many to read next: one more than fit, as far as that can be told by those that are there. */
  get next(): number {
    const left = this.#limit + 1 - this.rows.length;
    if (this.rows.length === 0) return Math.min(left, firstRead);
    const average = this.#bytes / this.rows.length;
    return Math.min(left, Math.ceil((this.#mostBytes - this.#bytes) / average) + 1);
  }

  /** Takes those that fit, and sees whether there are others. */
  add(found: readonly ShownRow[]): void {
    for (const row of found) {
      const bytes = bytesOf(row);
      const isFull = this.rows.length === this.#limit || this.#bytes + bytes > this.#mostBytes;
      this.hasMore = isFull && this.rows.length > 0;
      if (this.hasMore) return;
      this.rows.push(row);
      this.#bytes += bytes;
    }
  }
}

function bytesOf({ params, result, error, denied_reason }: ShownRow): number {
  const texts = [params, result, error, denied_reason];
  return texts.reduce((sum, text) => sum + (text === null ? 0 : Buffer.byteLength(text)), fixedBytes);
}
