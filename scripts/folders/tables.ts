/** One row of a table in a document, and where it stands there. */
export interface Row {
  /** Counted from one. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  /** The heading that the table stands under. */
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** A table that cannot be read, or says what cannot be: the message names the line. */
export class TableError extends Error {
  constructor(line: number, says: string) {
    super(`docs/architecture.md:${line}: ${says}`);
  }
}

/** All tables of a document in Markdown. Throws `TableError` at a row that has not as many cells as its table has columns. */
export function tablesIn(markdown: string): Table[] {
  const tables: Table[] = [];
  let heading = '';
  let rows: Row[] | undefined;
  let columns: readonly string[] = [];
  for (const [index, text] of markdown.split('\n').entries()) {
    const line = index + 1;
    if (text.startsWith('#')) heading = text.replace(/^#+\s*/, '');
    if (!text.startsWith('|')) {
      rows = undefined;
      continue;
    }
    const cells = cellsOf(text, line);
    if (rows === undefined) {
      columns = cells;
      rows = [];
      tables.push({ heading, columns, rows });
    } else if (cells.length !== columns.length) {
      throw new TableError(
        line,
        `this row has ${cells.length} cells, and its table ${columns.length} columns`,
      );
    } else if (!cells.every((cell) => /^:?-+:?$/.test(cell))) {
      rows.push({ line, cells });
    }
  }
  return tables;
}

/** The table under a heading. Throws `TableError` where there is none, or where its columns are other ones. */
export function tableUnder(tables: readonly Table[], heading: string, columns: readonly string[]): Table {
  const table = tables.find((one) => one.heading === heading);
  if (table === undefined) throw new TableError(1, `there is no table under the heading "${heading}"`);
  if (table.columns.join(' | ') === columns.join(' | ')) return table;
  const line = (table.rows[0]?.line ?? 3) - 2;
  throw new TableError(line, `the columns of "${heading}" are: ${columns.join(' | ')}`);
}

function cellsOf(text: string, line: number): string[] {
  if (!/\|\s*$/.test(text)) throw new TableError(line, 'this row does not end with |');
  return text
    .trim()
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
