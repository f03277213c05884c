import type { Listener } from '../bus.ts';
import { asUser, type Caller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { readableSession } from '../people/sessions.ts';

/** Whose events are heard: an organization's, or those of one of its sessions alone. */
export interface EventScope {
  readonly organizationId: string;
  readonly sessionId?: string;
}

/**
 * What a caller may hear: the rules for reading invocations. Throws `not_found` for a session that is not theirs, and
 * `forbidden` where a session asks for all of its organization's.
 */
export async function eventScope(gateway: Gateway, caller: Caller, sessionId?: string): Promise<EventScope> {
  if (sessionId === undefined) return { organizationId: asUser(caller).organizationId };
  const session = await readableSession(gateway, caller, sessionId);
  return { organizationId: session.organizationId, sessionId: session.sessionId };
}

/** From now on hands over every event of the scope, and no other. Gives back what ends it. */
export function subscribe(
  gateway: Gateway,
  scope: EventScope,
  hear: Listener,
  missed: () => void,
): () => void {
  const wants = (subject: { readonly organizationId: string; readonly sessionId: string }) =>
    subject.organizationId === scope.organizationId &&
    (scope.sessionId === undefined || subject.sessionId === scope.sessionId);
  return gateway.bus.subscribe({ wants, hear, missed });
}
