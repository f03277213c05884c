import { readTree } from '../folders/tree.ts';

/** A number that stands at the top of a module, or in one of its tables of limits. */
export interface NumberInSource {
  readonly path: string;
  readonly name: string;
  /** One, or the steps of a row of them. */
  readonly values: readonly number[];
  /** The doc comment above it, in one line; empty where there is none. */
  readonly says: string;
}

/** Every number of `src` that has a name: `const maxBytes = 64 * 1024;`, rows of them, and the properties of `const …Limits = {…}`. */
export function numbersIn(root: string): NumberInSource[] {
  return [...readTree(root).values()]
    .filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/cli/fixtures/'))
    .flatMap(({ path, text }) => [...constants(path, text), ...tables(path, text)]);
}

function constants(path: string, text: string): NumberInSource[] {
  const found = text.matchAll(
    /^(?:export )?const (\w+)(?:: \w+)? = (?:([\d_]+n?(?: \*\*? [\d_]+n?| - \d+)*)|\[([\d_, ]+)\]);/gm,
  );
  return [...found].map((match) => ({
    path,
    name: match[1] ?? '',
    values: (match[2] ?? match[3] ?? '').split(', ').map(valueOf),
    says: commentBefore(text, match.index),
  }));
}

/** What a property means stands in the type of the table: `interface Limits`. */
function tables(path: string, text: string): NumberInSource[] {
  const found = text.matchAll(/^(?:export )?const \w*[lL]imits\w*(?:: (\w+))? = \{\n([\s\S]*?)\n\}/gm);
  return [...found].flatMap((table) => {
    const type =
      table[1] &&
      new RegExp(`^(?:export )?interface ${table[1]} \\{\\n([\\s\\S]*?)\\n\\}`, 'm').exec(text)?.[1];
    const described = type ?? table[2] ?? '';
    return [...(table[2] ?? '').matchAll(/^ {2}(\w+): ([\d_ *]+),/gm)].map((property) => {
      const name = property[1] ?? '';
      const at = new RegExp(`^ {2}(?:readonly )?${name}:`, 'm').exec(described)?.index ?? 0;
      return { path, name, values: [valueOf(property[2] ?? '')], says: commentBefore(described, at) };
    });
  });
}

/** The doc comment that ends right before a place. */
function commentBefore(text: string, at: number): string {
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n\s*$/.exec(text.slice(0, at))?.[1] ?? '';
  return comment.replaceAll(/\s*\n\s*\*\s*/g, ' ').trim();
}

/** Products, one difference and powers of whole numbers: what constants are written as. */
function valueOf(expression: string): number {
  const [product = '', minus = '0'] = expression.replaceAll(/[_n]/g, '').split(' - ');
  const factors = product.split(/ \* /).map((factor) => {
    const [base, power = 1] = factor.split(' ** ').map(Number);
    return (base ?? Number.NaN) ** power;
  });
  return factors.reduce((all, factor) => all * factor, 1) - Number(minus);
}
