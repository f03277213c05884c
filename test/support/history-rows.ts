import type { Store } from '../../src/store/engine/open.ts';
import type { InvocationRow } from '../../src/store/tables.ts';

/** One that completed, unless said otherwise; its id is of its time, as all are. */
export function historyRow(
  change: Partial<InvocationRow> & Pick<InvocationRow, 'organization_id' | 'session_id' | 'created_at'>,
): InvocationRow {
  return {
    id: idAt(change.created_at),
    automation_id: null,
    source_id: 'test',
    action_id: 'change',
    risk_level: 'write',
    mode: 'allow',
    mode_source: 'inferred_default',
    status: 'completed',
    params: '{}',
    params_sealed: null,
    result: null,
    error: null,
    denied_reason: null,
    expires_at: null,
    decided_by: null,
    decided_at: null,
    started_at: null,
    completed_at: null,
    gateway_id: null,
    lease_expires_at: null,
    idempotency_key: null,
    request_hash: null,
    target_hash: null,
    ...change,
  };
}

let made = 0;

/** A UUIDv7 of a millisecond, after those that were made before. */
function idAt(ms: number): string {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${(made++).toString(16).padStart(12, '0')}`;
}

export async function insertHistory(store: Store, rows: readonly InvocationRow[]): Promise<void> {
  const together = 500;
  for (let from = 0; from < rows.length; from += together) {
    const values = rows.slice(from, from + together);
    await store.write((tx) => tx.insertInto('action_invocations').values(values).execute());
  }
}
