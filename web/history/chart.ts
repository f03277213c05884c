import type { CountsAnswer } from '../../src/contract/history.ts';
import type { Status } from '../../src/contract/invocation.ts';
import { numberText, statuses } from '../ui/words.ts';

export type Counts = Readonly<Partial<Record<Status, number>>>;

/** From the ground up: what went well, what is under way, what did not go well. */
export const stackOrder: readonly Status[] = [
  'completed',
  'approved',
  'executing',
  'pending',
  'expired',
  'denied',
  'failed',
];

export interface Segment {
  readonly status: Status;
  /** From the top, px. */
  readonly y: number;
  readonly height: number;
}

/** So that a single request is no tower. */
const leastScale = 4;

/** One failure among thousands is to be seen too. Px. */
const leastHeight = 2;

/** The bar of each part of the time, `height` px high where most happened. */
export function barsOf(buckets: CountsAnswer['buckets'], height: number): Segment[][] {
  const kinds = stackOrder.filter((status) => buckets.some(({ counts }) => countOf(counts, status) > 0));
  const most = Math.max(leastScale, ...buckets.map(({ counts }) => totalOf(counts)));
  const scale = (height - leastHeight * kinds.length) / most;
  return buckets.map(({ counts }) => {
    let top = height;
    return kinds
      .filter((status) => countOf(counts, status) > 0)
      .map((status) => {
        const tall = leastHeight + countOf(counts, status) * scale;
        top -= tall;
        return { status, y: top, height: tall };
      });
  });
}

export function totalOf(counts: Counts): number {
  return stackOrder.reduce((sum, status) => sum + countOf(counts, status), 0);
}

export function sumOf(buckets: CountsAnswer['buckets']): Counts {
  const sums = stackOrder.map(
    (status) => [status, buckets.reduce((sum, { counts }) => sum + countOf(counts, status), 0)] as const,
  );
  return Object.fromEntries(sums.filter(([, count]) => count > 0));
}

/** `120 completed, 3 failed`, or `nothing`. */
export function inWords(counts: Counts): string {
  const parts = presentIn(counts).map(
    (status) => `${numberText(countOf(counts, status))} ${statuses[status].word.toLowerCase()}`,
  );
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** The statuses that occur, most important to read first. */
export function presentIn(counts: Counts): Status[] {
  return readOrder.filter((status) => countOf(counts, status) > 0);
}

const readOrder: readonly Status[] = [
  'completed',
  'failed',
  'denied',
  'expired',
  'pending',
  'approved',
  'executing',
];

function countOf(counts: Counts, status: Status): number {
  return counts[status] ?? 0;
}
