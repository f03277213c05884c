import type { Invocation } from '../contract/invocation.ts';
import { isoTime, isoTimeOrNull } from '../lib/clock.ts';
import { parseJson, parseJsonOrNull } from '../lib/json.ts';
import type { ShownRow } from '../store/history/page-rows.ts';

/** An invocation as everybody sees it. The sealed params, the lease and the idempotency key stay behind. */
export function toInvocation(row: ShownRow): Invocation {
  return {
    id: row.id,
    organizationId: row.organization_id,
    sessionId: row.session_id,
    automationId: row.automation_id,
    sourceId: row.source_id,
    actionId: row.action_id,
    riskLevel: row.risk_level,
    mode: row.mode,
    modeSource: row.mode_source,
    status: row.status,
    params: parseJson(row.params),
    result: parseJsonOrNull(row.result),
    error: row.error,
    deniedReason: row.denied_reason,
    expiresAt: isoTimeOrNull(row.expires_at),
    decidedBy: row.decided_by,
    decidedAt: isoTimeOrNull(row.decided_at),
    createdAt: isoTime(row.created_at),
    completedAt: isoTimeOrNull(row.completed_at),
    durationMs:
      row.started_at === null || row.completed_at === null ? null : row.completed_at - row.started_at,
  };
}
