// Test files that share a process. Loading the gateway takes longer than many files run, and code that has run is fast: a
// process for each file would spend most of its time on beginning.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Files that run one after another in one process, in this order. */
export interface TestGroup {
  /** A program of its own, which loads them. */
  readonly entry: string;
  readonly files: readonly string[];
}

/**
 * By what files load: those of one kind load the same. So many files at most share a process: enough to be worth it, few
 * enough that the last group does not run alone for long.
 */
const kinds: readonly { readonly name: string; readonly begins: readonly string[]; readonly most: number }[] =
  [
    { name: 'page', begins: ['test/page/'], most: 3 },
    { name: 'whole', begins: ['test/'], most: 6 },
    { name: 'unit', begins: [''], most: 16 },
  ];

const seed = join(import.meta.dirname, '..', 'test', 'support', 'fast-check-seed.ts');

/** Writes an entry into the folder for each group; the longest kind first, so that the short ones fill the end. */
export function testGroups(root: string, files: readonly string[], folder: string): TestGroup[] {
  return kinds.flatMap(({ name, most }) => {
    const ours = files.filter((file) => kindOf(file) === name);
    const count = Math.ceil(ours.length / most);
    return Array.from({ length: count }, (_, index) => {
      const group = ours.filter((_file, at) => at % count === index);
      const entry = join(folder, `${name}-${index + 1}.ts`);
      writeFileSync(entry, program(group.map((file) => resolve(root, file))));
      return { entry, files: group };
    });
  });
}

function kindOf(file: string): string | undefined {
  const path = file.split(sep).join('/');
  return kinds.find(({ begins }) => begins.some((folder) => path.startsWith(folder)))?.name;
}

function program(files: readonly string[]): string {
  // Most files use no fast-check, and loading it takes longer than many of them run.
  const usesSeed = files.some((file) => readFileSync(file, 'utf8').includes("from 'fast-check'"));
  const imports = [...(usesSeed ? [seed] : []), ...files].map(
    (file) => `import ${JSON.stringify(pathToFileURL(file).href)};\n`,
  );
  return imports.join('');
}
