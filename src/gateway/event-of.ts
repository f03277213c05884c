import type { Event, EventSubject, EventType } from '../contract/events.ts';
import type { Status } from '../contract/invocation.ts';
import type { InvocationRow } from '../store/tables.ts';
import { toInvocation } from './to-invocation.ts';

export function subjectOf({ type, payload: { invocation } }: Event): EventSubject {
  const { organizationId, sessionId, id } = invocation;
  return { type, organizationId, sessionId, invocationId: id };
}

/** The event that brought an invocation into its status. An approval has none: what follows it is `action_completed`. */
const typeOf: Readonly<Record<Status, EventType | undefined>> = {
  pending: 'action_approval_request',
  approved: undefined,
  executing: undefined,
  completed: 'action_completed',
  failed: 'action_completed',
  denied: 'action_approval_result',
  expired: 'action_approval_result',
};

/** The last event of a row, as it would be announced now. What policy denied never waited, and is nobody's news. */
export function eventOf(row: InvocationRow): Event | undefined {
  const type = typeOf[row.status];
  const wasDeniedByPolicy = row.status === 'denied' && row.expires_at === null;
  return type === undefined || wasDeniedByPolicy
    ? undefined
    : { type, payload: { invocation: toInvocation(row) } };
}
