import MarkdownIt from 'markdown-it';
import { PackError } from './errors.ts';
import { type FrontMatter, splitFrontMatter } from './front-matter.ts';

/** A markdown recipe: the one block of it that runs, and how it describes itself. */
export interface Recipe {
  readonly script: string;
  /** The number of the script's first line in the recipe. */
  readonly firstLine: number;
  readonly frontMatter: FrontMatter;
}

/** Bytes of a recipe: more text than a person reads before trusting it. */
const maxRecipeBytes = 1024 * 1024;
const info = 'action-pack';

// Blocks are all that is asked for: what is inside a line is never looked at, and nothing is rendered.
const markdown = new MarkdownIt('commonmark');
markdown.core.ruler.enableOnly(['normalize', 'block']);

/**
 * Finds what runs: the first fenced block whose info string is `action-pack`, as CommonMark reads it, wherever it is nested.
 * Nothing else does. Throws `bad_recipe`. Source: the seed on recipes, "What Is Executable"; design, section 1, "Recipe".
 *
 * ```ts
 * import { compileScript, extractRecipe } from 'assent/pack';
 *
 * const recipe = ['# Uptime', '', '~~~action-pack', 'exec /usr/bin/uptime', '~~~'].join('\n');
 * const { script, firstLine } = extractRecipe(recipe);
 * console.log(firstLine, compileScript(script, { firstLine, readSource: () => undefined }).steps.length); // 4 1
 * ```
 */
export function extractRecipe(text: string): Recipe {
  if (Buffer.byteLength(text) > maxRecipeBytes)
    throw new PackError('bad_recipe', 'recipe is larger than 1 MiB');
  const { frontMatter, body } = splitFrontMatter(text);
  const block = markdown.parse(body, {}).find((token) => token.type === 'fence' && isOurs(token.info));
  if (block === undefined) throw new PackError('bad_recipe', 'recipe has no action-pack block');
  return { script: block.content, firstLine: (block.map?.[0] ?? 0) + 2, frontMatter };
}

function isOurs(infoString: string): boolean {
  return markdown.utils.unescapeAll(infoString).trim() === info;
}
