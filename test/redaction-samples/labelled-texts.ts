// Texts that the tests of secretlint label: where a secret stands in each, and texts without one.
import { parseJson } from '../../src/lib/json.ts';
import type { Innocent, Sample } from './sample.ts';

interface Labelled {
  readonly rule: string;
  readonly label: 'secret' | 'clean';
  readonly text: string;
  readonly spans?: readonly (readonly [start: number, end: number])[];
}

/** Labelled as secrets, but identifiers, which stay, or bytes that are no text. */
const noSecrets = /AWS_ACCOUNT_ID|ad_tenant_id|AZURE_CLIENT_ID|\ufffd/;

/**
 * Of lines of JSON: a sample for each span, and every clean text. What one file labels a secret is none in another only because
 * the test of secretlint gives the rule that very text as one to allow: such a file says nothing about texts.
 */
export function labelledTexts(lines: string): { readonly secret: Sample[]; readonly clean: Innocent[] } {
  const all = lines
    .split('\n')
    .filter((line) => line !== '')
    // The file is what its page says; a line that is not fails the test.
    .map((line) => parseJson(line) as unknown as Labelled);
  const secret = all
    .filter(({ label, text }) => label === 'secret' && !noSecrets.test(text))
    .flatMap(({ rule, text, spans = [] }) =>
      spans.map(([start, end]): Sample => {
        const span = text.slice(start, end);
        return { group: 'labelled: secret', label: rule, value: text, secret: secretWithin(span), span };
      }),
    );
  const clean = all
    .filter(({ label, text }) => label === 'clean' && !secret.some((sample) => hasWord(text, sample.span)))
    .map(({ rule, text }): Innocent => ({ group: 'labelled: clean', label: rule, value: text }));
  return { secret, clean };
}

/** Whether it stands there as a word of its own: glued to another, or longer, it is something else. */
function hasWord(text: string, word: string): boolean {
  return text.split(/[^\w.-]+/).includes(word);
}

/** The password of a URL, and the value of an assignment: some spans are around more than the secret. */
function secretWithin(span: string): string {
  const found = /:\/\/[^\s:@/]*:([^\s@]+)@/.exec(span) ?? /^\w{1,40}\s+:?=\s+["']?(.+)$/s.exec(span);
  return found?.[1] ?? span;
}
