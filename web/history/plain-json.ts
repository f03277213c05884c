import { visibleJson } from '../../src/shared/odd-characters.ts';

/** JSON of which every character is seen: what would not be is escaped, and so reads back as it was. `indent` in blanks. */
export function plainJson(value: unknown, indent = 0): string {
  return visibleJson(JSON.stringify(value, null, indent) ?? 'null');
}
