import { type RawBuilder, sql } from 'kysely';
import type { Status } from '../../contract/invocation.ts';
import type { Engine } from '../engine/database.ts';
import { containsText } from './contains-text.ts';

/** Which of an organization's invocations. */
export interface HistoryFilter {
  readonly organizationId: string;
  readonly status?: Status | undefined;
  readonly sourceId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Milliseconds; `from` counts, `to` does not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** As `contains-text` finds it. */
  readonly text?: string | undefined;
}

export type Condition = RawBuilder<boolean>;

/** Rows that an index holds in the order of their ids, or that are few. */
export interface Lane {
  readonly index: string;
  readonly holds: Condition;
  /** What of the filter is true of all of them, beside the organization. */
  readonly settles?: 'status' | 'sourceId' | 'sessionId';
}

/**
 * The lane that has the fewest rows for a filter. An index of some statuses is taken only where the query names these
 * statuses literally.
 */
export function laneOf({ organizationId, sessionId, sourceId, status }: HistoryFilter): Lane {
  const own = sql`organization_id = ${organizationId}`;
  if (status === 'approved' || status === 'executing') {
    // A gateway holds each of these, and so few that their order costs nothing.
    const holds: Condition = sql`lease_expires_at > 0 and ${own} and status = ${status}`;
    return { index: 'invocations_held', holds, settles: 'status' };
  }
  if (status === 'pending')
    return { index: 'invocations_pending', holds: sql`${own} and status = 'pending'`, settles: 'status' };
  if (sessionId !== undefined) {
    const holds: Condition = sql`session_id = ${sessionId} and ${own}`;
    return { index: 'invocations_by_session', holds, settles: 'sessionId' };
  }
  if (status === 'denied' || status === 'failed' || status === 'expired') {
    const holds: Condition = sql`${own} and status = ${status} and status in ('denied', 'failed', 'expired')`;
    return { index: 'invocations_not_completed', holds, settles: 'status' };
  }
  if (sourceId !== undefined) {
    const holds: Condition = sql`${own} and source_id = ${sourceId}`;
    return { index: 'invocations_by_source', holds, settles: 'sourceId' };
  }
  return { index: 'invocations_by_organization', holds: sql`${own}` };
}

/**
 * Where the rows are. SQLite chooses among indexes by rule of thumb, and with bounds on both sides of the id takes a wrong one:
 * it is told, and refuses where the index cannot serve. PostgreSQL counts, and chooses well.
 */
export const rowsOf: Readonly<Record<Engine, (lane: Lane) => RawBuilder<unknown>>> = {
  sqlite: ({ index }) => sql`action_invocations indexed by ${sql.id(index)}`,
  postgres: () => sql`action_invocations`,
};

/** Whether rows must be looked through for it: no index knows of all that it asks for. */
export function isSearch(filter: HistoryFilter): boolean {
  // Each engine sifts by the same conditions.
  return siftsOf('sqlite', filter, laneOf(filter)).length > 0;
}

/** What else the filter asks for, of rows that the lane holds. */
export function siftsOf(engine: Engine, filter: HistoryFilter, lane: Lane): Condition[] {
  const { from, to, text } = filter;
  const equal = (
    [
      ['status', 'status'],
      ['sourceId', 'source_id'],
      ['sessionId', 'session_id'],
    ] as const
  ).filter(([name]) => filter[name] !== undefined && name !== lane.settles);
  return [
    ...equal.map(([name, column]): Condition => sql`${sql.ref(column)} = ${filter[name]}`),
    ...(from === undefined ? [] : [sql<boolean>`created_at >= ${from}`]),
    ...(to === undefined ? [] : [sql<boolean>`created_at < ${to}`]),
    ...(text === undefined ? [] : [containsText(engine, text)]),
  ];
}
