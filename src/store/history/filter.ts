import { type RawBuilder, sql } from 'kysely';
import type { Status } from '../../contract/invocation.ts';
import type { Engine } from '../engine/database.ts';

/** Selects some of an organization's invocations. */
export interface HistoryFilter {
  readonly organizationId: string;
  readonly status?: Status | undefined;
  readonly sourceId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Milliseconds; `from` is inclusive, `to` exclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Anywhere in the row, as `containsText` finds it. */
  readonly text?: string | undefined;
}

export type Condition = RawBuilder<boolean>;

/** An index that returns its rows in the order of their ids, or returns few rows. */
export interface AccessPath {
  readonly index: string;
  /** True for the rows that are read through the index. */
  readonly condition: Condition;
  /** The field of the filter that `condition` already checks, in addition to the organization. */
  readonly covers?: 'status' | 'sourceId' | 'sessionId';
}

/**
 * The access path with the fewest rows for a filter. The engines use a partial index of some statuses only if the query names
 * these statuses literally.
 */
export function accessPathOf({ organizationId, sessionId, sourceId, status }: HistoryFilter): AccessPath {
  const own = sql`organization_id = ${organizationId}`;
  if (status === 'approved' || status === 'executing') {
    // A gateway has a lease on each of these rows. They are few, so sorting them is cheap.
    const condition: Condition = sql`lease_expires_at > 0 and ${own} and status = ${status}`;
    return { index: 'invocations_held', condition, covers: 'status' };
  }
  if (status === 'pending')
    return { index: 'invocations_pending', condition: sql`${own} and status = 'pending'`, covers: 'status' };
  if (sessionId !== undefined) {
    const condition: Condition = sql`session_id = ${sessionId} and ${own}`;
    return { index: 'invocations_by_session', condition, covers: 'sessionId' };
  }
  if (status === 'denied' || status === 'failed' || status === 'expired') {
    const condition: Condition = sql`${own} and status = ${status} and status in ('denied', 'failed', 'expired')`;
    return { index: 'invocations_not_completed', condition, covers: 'status' };
  }
  if (sourceId !== undefined) {
    const condition: Condition = sql`${own} and source_id = ${sourceId}`;
    return { index: 'invocations_by_source', condition, covers: 'sourceId' };
  }
  return { index: 'invocations_by_organization', condition: sql`${own}` };
}

/**
 * The table to read. SQLite has no statistics here, and with bounds on both sides of the id it chooses a wrong index. So the
 * query names the index, and fails if that cannot be used. PostgreSQL has statistics and chooses well.
 */
export const tableOf: Readonly<Record<Engine, (path: AccessPath) => RawBuilder<unknown>>> = {
  sqlite: ({ index }) => sql`action_invocations indexed by ${sql.id(index)}`,
  postgres: () => sql`action_invocations`,
};

/** Whether rows must be scanned for it: no index answers the whole filter. */
export function isSearch(filter: HistoryFilter): boolean {
  // The residual has the same fields on each engine.
  return residualOf('sqlite', filter, accessPathOf(filter)).length > 0;
}

/** The residual conditions: those of the filter that the access path does not cover. */
export function residualOf(engine: Engine, filter: HistoryFilter, path: AccessPath): Condition[] {
  const { from, to, text } = filter;
  const equal = (
    [
      ['status', 'status'],
      ['sourceId', 'source_id'],
      ['sessionId', 'session_id'],
    ] as const
  ).filter(([name]) => filter[name] !== undefined && name !== path.covers);
  return [
    ...equal.map(([name, column]): Condition => sql`${sql.ref(column)} = ${filter[name]}`),
    ...(from === undefined ? [] : [sql<boolean>`created_at >= ${from}`]),
    ...(to === undefined ? [] : [sql<boolean>`created_at < ${to}`]),
    ...(text === undefined ? [] : [containsText(engine, text)]),
  ];
}

const textColumns = ['action_id', 'source_id', 'error', 'denied_reason'] as const;
const jsonColumns = ['params', 'result'] as const;

/**
 * The function that finds the second string in the first one. Its time depends on both strings: 200 letters in a text that
 * repeats nearly the same letters took SQLite 3 times as long as a word (4.4 ms for a megabyte), and PostgreSQL 12 times. That
 * is why a scan is limited by time too (`chunked-scan`).
 */
const position = {
  sqlite: sql.raw('instr'),
  postgres: sql.raw('strpos'),
} as const satisfies Record<Engine, RawBuilder<unknown>>;

/**
 * Whether the text is anywhere in what people see of a row, ignoring case (on SQLite only that of ASCII). There are no
 * wildcards. In JSON columns it is searched as it is, and as JSON escapes it in a string.
 */
function containsText(engine: Engine, text: string): RawBuilder<boolean> {
  const has = (column: string, needle: string) =>
    sql`${position[engine]}(lower(${sql.ref(column)}), lower(${needle})) > 0`;
  const escaped = JSON.stringify(text).slice(1, -1);
  const inJson = escaped === text ? [text] : [text, escaped];
  const matches = [
    ...textColumns.map((column) => has(column, text)),
    ...jsonColumns.flatMap((column) => inJson.map((needle) => has(column, needle))),
  ];
  return sql<boolean>`(${sql.join(matches, sql` or `)})`;
}

/**
 * How far the time in an id and the creation time of its row can differ, ms. Ids never go back: if the clock is set back by up
 * to ten seconds, they keep the later time.
 */
const mostSkewMs = 60_000;

/** The smallest UUIDv7 (RFC 9562, section 5.7) of this millisecond. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** The ids of all rows created from `from` on and before `to` are in this range; `low` is inclusive, `high` exclusive. */
export function idRangeOf(from: number | undefined, to: number | undefined): { low: string; high: string } {
  return {
    low: firstIdAt(from === undefined ? 0 : from - mostSkewMs),
    high: to === undefined ? 'ffffffff-ffff-ffff-ffff-ffffffffffff' : firstIdAt(to + mostSkewMs),
  };
}
