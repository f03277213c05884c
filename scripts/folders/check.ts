import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cyclesIn, reachedFrom } from './graph.ts';
import { type ReadingRule, readHouse } from './house.ts';
import { judgeImports } from './judge.ts';
import { TableError } from './tables.ts';
import { judgeText } from './texts.ts';
import { readTree, type SourceFile } from './tree.ts';

export interface Findings {
  /** A line each; none where all is well. */
  readonly faults: readonly string[];
  /** What was measured on the way. */
  readonly notes: readonly string[];
}

/** Checks the tree at `root` against the tables of its docs/architecture.md. A table that cannot be read is the only fault then. */
export function checkFolders(root: string): Findings {
  try {
    const house = readHouse(readFileSync(join(root, 'docs/architecture.md'), 'utf8'));
    const tree = readTree(root);
    const ofFiles = [...tree.values()].flatMap((file) =>
      [...judgeImports(file, house), ...judgeText(file)].map((fault) => `${file.path}: ${fault}`),
    );
    const ofCycles = cyclesIn(tree).map((way) => `these import each other: ${way.join(' → ')}`);
    const readings = house.readings.map((rule) => measure(rule, tree));
    return {
      faults: [...ofFiles, ...ofCycles, ...readings.flatMap(({ fault }) => fault ?? [])],
      notes: readings.map(({ note }) => note),
    };
  } catch (error) {
    if (error instanceof TableError) return { faults: [error.message], notes: [] };
    throw error;
  }
}

function measure(
  { line, says, begin, notPast, mostLines }: ReadingRule,
  tree: ReadonlyMap<string, SourceFile>,
): { note: string; fault?: string } {
  const missing = [begin, ...notPast].find((path) => !tree.has(path));
  if (missing !== undefined) throw new TableError(line, `there is no file ${missing}`);
  const files = reachedFrom(tree, begin, notPast);
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const note = `${says}: ${lines} lines in ${files.length} files, of ${mostLines} lines at most`;
  return { note, ...(lines > mostLines && { fault: note }) };
}
