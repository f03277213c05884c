// Measures redaction by shape on texts that are labelled by hand: the secrets in them, and texts without any. The texts lie
// beside the checkout, because they look like leaks.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Range } from '../src/policy/ranges.ts';
import { findSecretShapes } from '../src/policy/secret-finds.ts';
import { spansIn } from '../src/policy/secret-spans.ts';

interface Row {
  readonly rule: string;
  readonly label: 'secret' | 'clean';
  readonly text: string;
  readonly spans: readonly (readonly [number, number])[];
}

const vectors = join(import.meta.dirname, '..', '..', 'shared', 'vectors', 'redaction');
const file = join(vectors, 'eval-secretlint.jsonl');
const skip = existsSync(file) ? false : 'shared/vectors/redaction is not beside this checkout';

test('redaction by shape: recall and false alarms', { skip }, (t) => {
  const rows = readRows();
  const spans = rows
    .filter(({ label }) => label === 'secret')
    .flatMap(({ rule, text, spans }) => spans.map((span) => ({ rule, text, secret: secretIn(text, span) })));
  const missed = spans.filter(({ text, secret }) => !isHidden(text, secret));
  const recall = 1 - missed.length / spans.length;
  t.diagnostic(`recall: ${spans.length - missed.length} of ${spans.length} spans, ${percent(recall)}`);
  t.diagnostic(`missed: ${counted(missed.map(({ rule }) => rule))}`);

  const clean = rows.filter(({ label }) => label === 'clean');
  // The value of a name is hidden whatever it looks like: these texts were chosen to have no shape.
  const changed = clean.filter(({ text }) =>
    spansIn(text, []).some(({ reason }) => !reason.startsWith('the value of')),
  );
  t.diagnostic(`false alarms: ${changed.length} of ${clean.length} clean texts`);

  assert(recall >= 0.75, `recall ${percent(recall)}`);
  assert.deepEqual(
    changed.map(({ text }) => text),
    [],
  );
});

/** The file is ours and says of itself what it holds. */
function readRows(): Row[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}

/**
 * What must not be read of a span: the password of a URL, the private key in a file, the value of a name, or else the whole.
 * (Some spans begin at the name and have the length of the value: then the piece of the value that they hold.)
 */
const secretParts = [
  /^(?:jdbc:)?[a-z+]+:\/\/[^\s/:@]*:([^\s/]+)@/d,
  /(-----BEGIN [A-Z ]*PRIVATE KEY[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$))/d,
  /^"?[A-Za-z_]+"?\s*(?:=>|:=|:(?!\/\/)|=)\s*"?([^\s"]+)/d,
];

function secretIn(text: string, [start, end]: readonly [number, number]): Range {
  const span = text.slice(start, end);
  for (const pattern of secretParts) {
    const [from, to] = pattern.exec(span)?.indices?.[1] ?? [];
    if (from !== undefined && to !== undefined) return { start: start + from, end: start + to };
  }
  return { start, end };
}

/** Whether every character of it is in a range that is taken out. */
function isHidden(text: string, { start, end }: Range): boolean {
  let covered = start;
  for (const range of findSecretShapes(text).toSorted((a, b) => a.start - b.start)) {
    if (range.start <= covered) covered = Math.max(covered, range.end);
  }
  return covered >= end;
}

function counted(names: readonly string[]): string {
  const short = names.map((name) => name.replace('secretlint-rule-', ''));
  return [...new Set(short)]
    .map((name) => `${name} ${short.filter((one) => one === name).length}`)
    .join(', ');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
