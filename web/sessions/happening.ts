import type { Event, EventType } from '../../src/contract/events.ts';
import type { Status } from '../../src/contract/invocation.ts';

/** One thing that an agent's session did, or that became of it. */
export interface Happening {
  readonly key: string;
  readonly invocationId: string;
  readonly actionId: string;
  readonly status: Status;
  /** ISO 8601. */
  readonly at: string;
  /** Why it failed, or was denied. */
  readonly reason: string | null;
}

/** An event as the log tells it. */
export function happeningOf({ type, payload: { invocation } }: Event): Happening {
  const { id, actionId, status, error, deniedReason } = invocation;
  const at = invocation[moments[type]] ?? invocation.completedAt ?? invocation.createdAt;
  return { key: `${type} ${id}`, invocationId: id, actionId, status, at, reason: error ?? deniedReason };
}

const moments: Readonly<Record<EventType, 'createdAt' | 'completedAt' | 'decidedAt'>> = {
  action_approval_request: 'createdAt',
  action_completed: 'completedAt',
  action_progress: 'createdAt',
  action_approval_result: 'decidedAt',
};

/** A log that never ends is read by nobody, and would fill the page. */
export const mostHappenings = 200;

/** Newest first. What was heard before, and comes again after a connection was lost, stands there once. */
export function withHappening(log: readonly Happening[], happening: Happening): readonly Happening[] {
  if (log.some(({ key }) => key === happening.key)) return log;
  return [happening, ...log].slice(0, mostHappenings);
}
