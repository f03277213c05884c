import type { Event, Progress } from '../contract/events.ts';
import type { Invocation } from '../contract/invocation.ts';
import type { Gateway } from './gateway.ts';

/** A row has become pending: somebody must decide. */
export function announceApprovalRequest(gateway: Gateway, invocation: Invocation): void {
  announce(gateway, 'action_approval_request', invocation);
}

/** An execution has ended; the row says `completed` or `failed`. */
export function announceCompleted(gateway: Gateway, invocation: Invocation): void {
  announce(gateway, 'action_completed', invocation);
}

/** A pending row will not run; the row says `denied` or `expired`. */
export function announceNotApproved(gateway: Gateway, invocation: Invocation): void {
  announce(gateway, 'action_approval_result', invocation);
}

/** An execution says how far it is. Not logged: it may say so often. */
export function announceProgress(gateway: Gateway, invocation: Invocation, progress: Progress): void {
  gateway.bus.announce({ type: 'action_progress', payload: { invocation, progress } });
}

function announce(gateway: Gateway, type: Event['type'], invocation: Invocation): void {
  gateway.log.info({ event: type, invocationId: invocation.id, status: invocation.status }, 'invocation');
  gateway.bus.announce({ type, payload: { invocation } });
}
