/** A part of a text, in UTF-16 units, the end excluded. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A part of a text that is not to be read, and why: `a credential of this source`, or the name of a shape. */
export interface Span extends Range {
  readonly reason: string;
}

/** In their order, those that touch or overlap as one, which has what else the first has. */
export function merged<Part extends Range>(spans: readonly Part[]): Part[] {
  const all: Part[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = all.at(-1);
    if (last === undefined || span.start > last.end) all.push(span);
    else if (span.end > last.end) all[all.length - 1] = { ...last, end: span.end };
  }
  return all;
}
