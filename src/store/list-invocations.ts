import type { Status } from '../contract/invocation.ts';
import type { Database } from './database.ts';
import { isPending } from './is-pending.ts';
import type { InvocationRow } from './tables.ts';

export interface InvocationFilter {
  readonly organizationId: string;
  readonly status?: Status | undefined;
  readonly sourceId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Milliseconds; `from` counts, `to` does not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit: number;
  /** The id of the last row of the page before. */
  readonly cursor?: string | undefined;
}

/** Newest first. Ids are in the order of creation, so that a page begins after an id at any depth for the same price. */
export async function listInvocations(
  db: Database,
  filter: InvocationFilter,
): Promise<{ rows: InvocationRow[]; nextCursor: string | null }> {
  let query = db
    .selectFrom('action_invocations')
    .selectAll()
    .where('organization_id', '=', filter.organizationId)
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.status === 'pending') query = query.where(isPending);
  else if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.sourceId !== undefined) query = query.where('source_id', '=', filter.sourceId);
  if (filter.sessionId !== undefined) query = query.where('session_id', '=', filter.sessionId);
  if (filter.from !== undefined) query = query.where('created_at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('created_at', '<', filter.to);
  if (filter.cursor !== undefined) query = query.where('id', '<', filter.cursor);
  const found = await query.execute();
  const rows = found.slice(0, filter.limit);
  return { rows, nextCursor: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null };
}
