import type { InvocationRow } from '../../store/tables.ts';
import { actionNow } from '../actions/action-now.ts';
import type { FoundAction } from '../actions/hashes.ts';
import { announceNotApproved } from '../announce.ts';
import type { AdminCaller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';
import { assentNow } from './assent-now.ts';
import { changed } from './changed.ts';
import { startExecution } from './execute.ts';
import { expectPending, whyNotPending } from './expect-pending.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { openParams } from './sealed-params.ts';

/**
 * A person assents: everything that the request depended on is asked again, and the row is approved in that transaction, which
 * starts the execution of exactly what was recorded, once. What policy denies by now ends as denied. The outcome is waited
 * for; who stops waiting changes nothing of it.
 * Throws `GatewayError`: `not_found`; `conflict` where it is decided already; `changed`, with what differs, where the action or
 * its session is no longer what was asked for; `expired` where that came too late; `forbidden` and `unauthenticated` where the
 * caller may not decide any more; `source_unavailable` where its source cannot be asked. Then it waits on.
 */
export async function approve(gateway: Gateway, caller: AdminCaller, id: string): Promise<Outcome> {
  const pending = await expectPending(gateway, caller.organizationId, id);
  const found = await asAskedFor(gateway, pending);
  const params = openParams(gateway, pending);
  const decided = await gateway.store.write((tx) => assentNow(gateway, tx, caller, pending, found, params));
  if (decided === undefined) throw await whyNotPending(gateway, caller.organizationId, id);
  if (decided.status === 'denied') {
    const invocation = toInvocation(decided);
    announceNotApproved(gateway, invocation);
    return outcomeOf({ invocation });
  }
  return outcomeOf(await startExecution(gateway, decided, found.source, params));
}

/** The action, if it and what stands behind it are still what the agent asked for. */
async function asAskedFor(gateway: Gateway, pending: InvocationRow): Promise<FoundAction> {
  const action = await actionNow(gateway, pending);
  if (action === undefined) throw changed(['action']);
  if (action.differs.length > 0) throw changed(action.differs);
  return action;
}
