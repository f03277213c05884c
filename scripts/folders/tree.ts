import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface Import {
  /** As it is written: `node:fs`, `zod`, `../lib/bytes.ts`. */
  readonly specifier: string;
  /** The file it means, from the root, where it means one of ours. */
  readonly target: string | undefined;
  /** A type loads nothing. */
  readonly isType: boolean;
  readonly isLazy: boolean;
}

export interface SourceFile {
  /** From the root: `src/lib/bytes.ts`. */
  readonly path: string;
  readonly text: string;
  /** As `wc -l` counts. */
  readonly lines: number;
  readonly imports: readonly Import[];
}

/** The files of `src` and `web` without their tests, by path. */
export function readTree(root: string): ReadonlyMap<string, SourceFile> {
  const paths = ['src', 'web']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));
  return new Map(paths.toSorted().map((path) => [path, readSource(root, path)]));
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, lines: text.split('\n').length - 1, imports: importsOf(path, text) };
}

/** The imports and re-exports of a file that the formatter has been over. */
export function importsOf(path: string, text: string): Import[] {
  const eager = [...text.matchAll(/^(?:import|export|\})[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'/gm)];
  const called = [...text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)];
  return [
    ...eager.map((match) => {
      const isType = /^(?:import|export) type\b/.test(match[0]);
      return { ...meant(path, match[1] ?? match[2] ?? ''), isType, isLazy: false };
    }),
    ...called.map((match) => ({ ...meant(path, match[1] ?? ''), isType: false, isLazy: true })),
  ];
}

function meant(path: string, specifier: string): { specifier: string; target: string | undefined } {
  const target = specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : undefined;
  return { specifier, target };
}
