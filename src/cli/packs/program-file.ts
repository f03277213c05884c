import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isWithin, realPath } from '../../lib/real-path.ts';
import { maxWriteBytes, type Program } from '../../pack/pack.ts';
import { compileScript } from '../../pack/script.ts';
import { Failure } from '../exit.ts';
import { note } from '../print.ts';

export const allowPutFlag = {
  type: 'switch',
  about: "let a recipe's put read files outside the recipe's own folder",
} as const;

export const scriptArgument = { about: 'a script, or a markdown recipe (.md)' } as const;

/**
 * Compiles a script or a recipe. Each file that a `put` carries is listed on standard error before anything is signed; that of
 * a recipe must lie in the recipe's folder. Throws `bad_script`, `bad_recipe`, `unreadable`, and `refused` for such a file.
 */
export async function readProgram(path: string, allowPut: boolean): Promise<Program> {
  const bytes = readInput(path);
  const recipe = isRecipe(path)
    ? (await import('../../pack/recipe.ts')).extractRecipe(bytes.toString('utf8'))
    : undefined;
  const program = compileScript(recipe?.script ?? bytes, {
    firstLine: recipe?.firstLine ?? 1,
    readSource: (source) =>
      recipe === undefined ? readBounded(source) : readBounded(sourceOfRecipe(path, source, allowPut)),
  });
  for (const step of program.steps)
    if (step.op === 'write') note(`put ${step.path}: ${step.data.length} bytes of a file of this machine`);
  return program;
}

function isRecipe(path: string): boolean {
  return /\.(md|markdown)$/i.test(path);
}

/** A file that was named on the command line. Throws `unreadable`. */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Failure('unreadable', `unable to open: ${path}`, { cause: error });
  }
}

/** In a recipe, a path is meant from where the recipe lies. One that was pasted must not carry off what is elsewhere. */
function sourceOfRecipe(recipe: string, source: string, allowPut: boolean): string {
  const folder = realPath(dirname(recipe)) ?? dirname(recipe);
  const path = resolve(folder, source);
  if (allowPut || isWithin(realPath(path) ?? path, folder)) return path;
  throw new Failure(
    'refused',
    `put ${source} lies outside the recipe's folder. If that is meant, add --allow-put.`,
  );
}

/** As much of a file as a pack can carry, and a byte more where there is more. */
function readBounded(path: string): Buffer | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const bytes = Buffer.alloc(maxWriteBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null);
    return bytes.subarray(0, length);
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
