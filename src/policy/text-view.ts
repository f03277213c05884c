import type { Range } from './ranges.ts';

/** Text that was made out of another, and where each part of it stood there. */
export interface TextView {
  readonly text: string;
  /** The part of the original that holds all of what stands at `range` of this text. */
  original(range: Range): Range;
}

/** A piece of the original that stands in a view as another text, or as none. */
export interface Replaced extends Range {
  readonly by: string;
}

/** `text` with each of `pieces`, which are in order and do not overlap, replaced. */
export function viewOf(text: string, pieces: Iterable<Replaced>): TextView {
  const view = new ViewBuilder(text);
  for (const piece of pieces) view.add(piece);
  return view.finish();
}

/** The same, a piece at a time. */
export class ViewBuilder {
  readonly #text: string;
  #shown = '';
  #read = 0;
  /** Of each piece: where it begins and ends in the view, and in the original. */
  readonly #marks: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  add({ start, end, by }: Replaced): void {
    this.#shown += this.#text.slice(this.#read, start);
    this.#marks.push(this.#shown.length, this.#shown.length + by.length, start, end);
    this.#shown += by;
    this.#read = end;
  }

  finish(): TextView {
    const marks = this.#marks;
    const text = this.#shown + this.#text.slice(this.#read);
    return { text, original: ({ start, end }) => originalRange(marks, start, end) };
  }
}

/** A piece that is begun belongs to the range whole. */
function originalRange(marks: readonly number[], start: number, end: number): Range {
  const before = lastAtOrBefore(marks, start);
  const last = lastAtOrBefore(marks, end - 1);
  const [, viewEnd = 0, from = 0, to = 0] = before;
  const [, lastViewEnd = 0, , lastTo = 0] = last;
  return {
    start: start < viewEnd ? from : to + (start - viewEnd),
    end: end <= lastViewEnd ? lastTo : lastTo + (end - lastViewEnd),
  };
}

/** The last piece that begins in the view at `at` or before, as its four marks; none gives the beginning of both texts. */
function lastAtOrBefore(marks: readonly number[], at: number): readonly number[] {
  let low = 0;
  let high = marks.length / 4;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((marks[middle * 4] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? [] : marks.slice(low * 4 - 4, low * 4);
}
