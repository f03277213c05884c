import { isPlaceholder } from './placeholder.ts';
import type { Span } from './ranges.ts';
import { findByRules, ruleHints } from './secret-rules.ts';
import { secretShapes } from './secret-shapes.ts';

const shapes = secretShapes.map(({ pattern }) => pattern);
const everyShape = new RegExp(anyOf(shapes), 'g');
const shapeOrHint = new RegExp(anyOf([...shapes, ...ruleHints]));

/** Whether a search is worth its while. Nearly every text ends here, for the price of one look. */
export function mayHoldSecret(text: string): boolean {
  return shapeOrHint.test(text);
}

/** Where the well-known shapes of credentials stand: what our table finds, and what secretlint's rules find. */
export function findSecretShapes(text: string): Span[] {
  const ranges = Array.from(text.matchAll(everyShape), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
    reason: 'a known shape of a credential',
  }));
  return [
    ...ranges,
    ...findByRules(text).map((range) => ({ ...range, reason: 'a known shape of a credential' })),
  ].filter(({ start, end }) => !isPlaceholder(text.slice(start, end)));
}

function anyOf(patterns: readonly RegExp[]): string {
  return patterns.map(({ source }) => source).join('|');
}
