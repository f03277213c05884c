import { writeFileSync } from 'node:fs';
import { command } from '../command.ts';
import { Failure } from '../exit.ts';
import { readInput } from '../packs/program-file.ts';

export const extract = command({
  example: 'assent action-pack extract restore.md --out restore.ap',
  more: 'Prints the one block of a recipe that runs, and nothing else of it.',
  args: { recipe: { about: 'a markdown recipe' } },
  flags: { out: { type: 'text', value: 'FILE', about: 'write it there instead' } },
  async run({ args, flags }) {
    const { extractRecipe } = await import('../../pack/recipe.ts');
    const { script, firstLine, frontMatter } = extractRecipe(readInput(args.recipe).toString('utf8'));
    if (flags.out !== undefined) write(flags.out, script);
    const shown = script.replace(/\n$/, '');
    return { json: { script, firstLine, frontMatter }, text: () => (flags.out === undefined ? shown : '') };
  },
});

function write(path: string, script: string): void {
  try {
    writeFileSync(path, script);
  } catch (error) {
    throw new Failure('unwritable', `unable to write: ${path}`, { cause: error });
  }
}
