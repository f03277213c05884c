import { stripVTControlCharacters } from 'node:util';

/** Rows with their cells under one another, two spaces apart. A cell is one line; the last may be as long as it likes. */
export function columns(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(oneLine));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [at, cell] of row.slice(0, -1).entries()) widths[at] = Math.max(widths[at] ?? 0, width(cell));
  }
  return cells
    .map((row) =>
      row
        .map((cell, at) => pad(cell, widths[at] ?? 0, at === row.length - 1))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A table with a heading above each column. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return columns([headings, ...rows]);
}

/** Names and values, one below the other; those without a value are left out. */
export function facts(pairs: Readonly<Record<string, string | null | undefined>>): string {
  const rows = Object.entries(pairs).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[`  ${name}`, value]],
  );
  return columns(rows);
}

/** The text on one line, cut with an ellipsis where it is longer than `most` characters. */
export function shortened(text: string, most: number): string {
  const line = oneLine(text);
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\n\t]\s*/g, ' ');
}

function pad(cell: string, to: number, last: boolean): string {
  return last ? cell : cell + ' '.repeat(Math.max(0, to - width(cell)));
}

function width(cell: string): number {
  return Array.from(stripVTControlCharacters(cell)).length;
}
