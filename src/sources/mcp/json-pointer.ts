import type { JsonValue } from '../../lib/json.ts';

/** What a reference within its own document, `#…`, names there; `undefined` of any other, and where its encoding cannot be read. */
export function fragmentOf(reference: string): string | undefined {
  if (!reference.startsWith('#')) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return undefined;
  }
}

export function isPointer(fragment: string): boolean {
  return fragment === '' || fragment.startsWith('/');
}

/** What a JSON pointer (RFC 6901) leads to in `root`, through own members alone; `undefined` where it is none, or leads nowhere. */
export function atPointer(root: JsonValue, pointer: string): JsonValue | undefined {
  if (!isPointer(pointer)) return undefined;
  let value: JsonValue | undefined = root;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    // Not by looking through them all: a place may have ten thousand members, and as many references lead there.
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Array.isArray(value) ? value[Number(name)] : value[name];
  }
  return value;
}
