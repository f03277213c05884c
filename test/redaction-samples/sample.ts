// What a sample is: a value as an action gives or takes it, and where in it the secret stands. Texts are written with marks:
// `§` stands for the secret, and `⟦…⟧` is around what may go together with it, where that is more than the secret itself.
import type { JsonValue } from '../../src/lib/json.ts';
import type { Random } from './random.ts';

export interface Sample {
  /** Under which the figures are counted, such as "name: yaml". */
  readonly group: string;
  /** Names the vendor or the template, so that misses of one kind stand together. */
  readonly label: string;
  readonly value: JsonValue;
  /** Nothing of it may be left. */
  readonly secret: string;
  /** What may be hidden with it at most; the secret is a part of it. */
  readonly span: string;
}

export interface Innocent {
  readonly group: string;
  readonly label: string;
  readonly value: JsonValue;
}

interface Marked {
  readonly text: string;
  readonly span: string;
}

/** The text of a template with the secret in it. */
export function marked(template: string, secret: string): Marked {
  if (!template.includes('§')) throw new RangeError(`no secret has a place in ${JSON.stringify(template)}`);
  const whole = template.replaceAll('§', () => secret);
  const open = whole.indexOf('⟦');
  if (open < 0) return { text: whole, span: secret };
  const span = whole.slice(open + 1, whole.indexOf('⟧'));
  return { text: whole.replace('⟦', '').replace('⟧', ''), span };
}

export function textSample(group: string, label: string, template: string, secret: string): Sample {
  const { text, span } = marked(template, secret);
  return { group, label, value: text, secret, span };
}

/** Fills `«hex:40»` and its like, so that braces may stand for themselves. */
export function filled(template: string, random: Random): string {
  return template.replaceAll(/«([^»]*)»/g, (_whole, part: string) => random.fill(`{${part}}`));
}

/** The rows of a table in a text: cells divided by ` | `, without empty lines. */
export function rows(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(' | ').map((cell) => cell.trim()));
}
