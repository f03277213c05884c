import { dirname, relative, sep } from 'node:path';

/** What Node tells of one file: how much there is, and how much ran. */
export interface FileCoverage {
  readonly path: string;
  readonly totalLineCount: number;
  readonly coveredLineCount: number;
  readonly totalBranchCount: number;
  readonly coveredBranchCount: number;
  readonly totalFunctionCount: number;
  readonly coveredFunctionCount: number;
}

const kinds = ['Line', 'Branch', 'Function'] as const;

/** A row for each folder of the root, by its name, and one for all: files, and lines, branches and functions that ran. */
export function coverageTable(root: string, files: readonly FileCoverage[]): string {
  const folders = Map.groupBy(files, ({ path }) => dirname(relative(root, path)).split(sep).join('/'));
  const rows = [...folders].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const all = [...rows, ['all', files] as const];
  const widest = Math.max(...all.map(([name]) => name.length));
  const head = ['folder'.padEnd(widest), 'files', '  lines', 'branches', 'functions'].join('  ');
  return `${[head, ...all.map(([name, own]) => row(name.padEnd(widest), own))].join('\n')}\n`;
}

function row(name: string, files: readonly FileCoverage[]): string {
  const [lines, branches, functions] = kinds.map((kind) => {
    const total = sum(files, (file) => file[`total${kind}Count`]);
    const covered = sum(files, (file) => file[`covered${kind}Count`]);
    return total === 0 ? '–' : `${((100 * covered) / total).toFixed(1)} %`;
  });
  return [
    name,
    String(files.length).padStart(5),
    lines?.padStart(7),
    branches?.padStart(8),
    functions?.padStart(9),
  ].join('  ');
}

function sum(files: readonly FileCoverage[], count: (file: FileCoverage) => number): number {
  return files.reduce((total, file) => total + count(file), 0);
}
