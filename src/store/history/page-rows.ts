import type { InvocationRow } from '../tables.ts';

/**
 * The columns that a list shows and therefore reads. The exact params are not among them: a pending row may have a megabyte of
 * them, and no list contains them.
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

/** How many rows are read first, while their size is unknown: 700 KB at most. */
const firstRead = 32;

/** The size of a row without its texts, bytes. */
const fixedBytes = 600;

/** Collects the rows of a page up to a number of rows or of bytes. The first row is always taken, however large. */
export class PageRows {
  readonly rows: ShownRow[] = [];
  /** Matching rows were found beyond the page. */
  hasMore = false;
  readonly #limit: number;
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(limit: number, mostBytes: number) {
    this.#limit = limit;
    this.#mostBytes = mostBytes;
  }

  /** How many rows to read next: one more than the page has room for, estimated from the rows it already has. */
  get next(): number {
    const left = this.#limit + 1 - this.rows.length;
    if (this.rows.length === 0) return Math.min(left, firstRead);
    const average = this.#bytes / this.rows.length;
    return Math.min(left, Math.ceil((this.#mostBytes - this.#bytes) / average) + 1);
  }

  /** Adds the rows that the page has room for, and notes whether some are left over. */
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
