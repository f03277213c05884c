import { type RawBuilder, sql } from 'kysely';
import type { Engine } from '../engine/database.ts';

const textColumns = ['action_id', 'source_id', 'error', 'denied_reason'] as const;
const jsonColumns = ['params', 'result'] as const;

/**
 * Where the second string begins in the first one. How long that takes depends on both: 200 letters in a text that nearly is
 * them, over and over, took SQLite 3 times as long as a word (4.4 ms for a megabyte), PostgreSQL 12 times. So whoever looks
 * through rows stops by time too (`look-through`).
 */
const position = {
  sqlite: sql.raw('instr'),
  postgres: sql.raw('strpos'),
} as const satisfies Record<Engine, RawBuilder<unknown>>;

/**
 * Whether a row has the text anywhere in what people see of it, without regard to case (SQLite: of ASCII). Every character
 * stands for itself. In JSON it is looked for as it is, and as JSON writes it within a string.
 */
export function containsText(engine: Engine, text: string): RawBuilder<boolean> {
  const has = (column: string, needle: string) =>
    sql`${position[engine]}(lower(${sql.ref(column)}), lower(${needle})) > 0`;
  const escaped = JSON.stringify(text).slice(1, -1);
  const inJson = escaped === text ? [text] : [text, escaped];
  const places = [
    ...textColumns.map((column) => has(column, text)),
    ...jsonColumns.flatMap((column) => inJson.map((needle) => has(column, needle))),
  ];
  return sql<boolean>`(${sql.join(places, sql` or `)})`;
}
