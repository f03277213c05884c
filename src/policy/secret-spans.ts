import { merged, type Range, type Span } from './ranges.ts';
import { findSecretShapes, mayHoldSecret } from './secret-finds.ts';
import { secretForms } from './secret-forms.ts';
import { type TextView, viewOf } from './text-view.ts';

/** Stands in the place of whatever was a credential. */
export const marker = '[redacted]';

/** The parts of a text that are not to be read: in order, none touches another, none is empty. */
export type FindSpans = (text: string) => Span[];

/** Times that a text is searched again for what its markers make up anew, before it is given up whole. */
const mostRounds = 3;

/**
 * Where credentials stand in `text`: every one of `secrets` (at least 8 characters each) in whatever encoding, and what is known
 * by its shape. With a marker in place of each, nothing more is found.
 */
export function spansIn(text: string, secrets: readonly string[]): Span[] {
  return spanFinder(secrets)(text);
}

/** The same for many texts. */
export function spanFinder(secrets: readonly string[]): FindSpans {
  const forms = secretForms(secrets);
  const find: FindSpans = (text) => {
    const isClean = !mayHoldSecret(text) && !forms.some((form) => text.includes(form));
    return isClean ? [] : [...findSecretShapes(text), ...exactSpans(text, forms)];
  };
  return (text) => settled(text, find);
}

/** All is found in the text as it came and hidden together: of overlapping secrets no tail stays. */
function settled(text: string, find: FindSpans): Span[] {
  let spans = merged(find(text));
  for (let round = 0; round < mostRounds; round += 1) {
    if (spans.length === 0) return spans;
    const view = markedView(text, spans);
    // What is left around a marker may make up a secret again.
    const anew = find(view.text);
    if (anew.length === 0) return spans;
    spans = merged([...spans, ...anew.map((span) => ({ ...span, ...view.original(span) }))]);
  }
  return [{ start: 0, end: text.length, reason: 'what its other parts leave of it' }];
}

/** The text with a marker in place of each span. */
export function withMarkers(text: string, spans: readonly Range[]): string {
  return spans.length === 0 ? text : markedView(text, spans).text;
}

function markedView(text: string, spans: readonly Range[]): TextView {
  return viewOf(
    text,
    spans.map(({ start, end }) => ({ start, end, by: marker })),
  );
}

/** Only `secrets`, in every form, and no shapes: for what is compared with how it came. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secretForms(secrets);
  return withMarkers(
    text,
    settled(text, (text) => exactSpans(text, forms)),
  );
}

function exactSpans(text: string, forms: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
      spans.push({ start: at, end: at + form.length, reason: 'a credential of this source' });
    }
  }
  return spans;
}
