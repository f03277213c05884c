import { commands } from '../commands.ts';
import { commonFlags } from '../parse.ts';

/** What may come behind the words typed so far: further words of a command, or a command's flags and choices. */
export interface Completed {
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly about: string }[];
}

/** Every place on the way to a command, `''` first. */
export async function completed(): Promise<Completed[]> {
  const paths = new Set(['', ...commands.flatMap(({ path }) => beginnings(path))]);
  return Promise.all(
    [...paths].map(async (path) => ({ path, words: [...next(path), ...(await own(path))] })),
  );
}

/** `a b c` as `a`, `a b` and itself. */
function beginnings(path: string): string[] {
  const words = path.split(' ');
  return words.map((_, at) => words.slice(0, at + 1).join(' '));
}

/** The words that lead on from here. */
function next(path: string): Completed['words'] {
  const begun = path === '' ? '' : `${path} `;
  const further = commands.filter((one) => one.path.startsWith(begun) && one.path !== path);
  const words = new Map<string, string>();
  for (const { path: whole, about } of further) {
    const word = whole.slice(begun.length).split(' ')[0] ?? '';
    const isLast = whole === begun + word;
    if (isLast || !words.has(word)) words.set(word, isLast ? about : '');
  }
  return [...words].map(([word, about]) => ({ word, about }));
}

/** What the command that is spelt like this takes itself. */
async function own(path: string): Promise<Completed['words']> {
  const entry = commands.find((one) => one.path === path);
  if (entry === undefined) return [];
  const { args, flags } = await entry.load();
  const choices = Object.values(args).flatMap((one) =>
    (one.choices ?? []).map((word) => ({ word, about: '' })),
  );
  const names = Object.entries({ ...flags, ...commonFlags })
    .filter(([, { hidden }]) => !hidden)
    .map(([name, { about }]) => ({ word: `--${name}`, about }));
  return [...choices, ...names];
}
