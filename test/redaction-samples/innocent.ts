// Values without any secret, in which much looks like one. Redaction must give each back as it was.
import type { JsonValue } from '../../src/lib/json.ts';
import { parseJson } from '../../src/lib/json.ts';
import { innocentAnswers } from './innocent-answers.ts';
import { innocentCode } from './innocent-code.ts';
import { innocentTexts } from './innocent-texts.ts';
import type { Random } from './random.ts';
import { filled, type Innocent } from './sample.ts';

/** Of these none may ever change. */
export const neverTouched = ['numbers', 'booleans and null', 'page tokens', 'counts'];

/** `each` samples of every template; answers also as the text of their JSON. */
export function innocents(random: Random, each: number): Innocent[] {
  return Array.from({ length: each }, (_, round) => [
    ...named(innocentAnswers, random, (text) => (round % 2 === 0 ? parseJson(text) : compact(text))),
    ...named(innocentTexts, random, (text) => text),
    ...named(innocentCode, random, (text) =>
      round % 2 === 0 ? text : { path: 'src/app', content: text, size: 812 },
    ),
  ]).flat();
}

function named(
  groups: Readonly<Record<string, readonly string[]>>,
  random: Random,
  value: (text: string) => JsonValue,
): Innocent[] {
  return Object.entries(groups).flatMap(([group, templates]) =>
    templates.map((template) => ({
      group,
      label: template.slice(0, 70),
      value: value(filled(template, random)),
    })),
  );
}

function compact(text: string): string {
  return JSON.stringify(parseJson(text));
}
