import type { ActionSource } from '../../sources/action-source.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { approvePending } from '../../store/transitions.ts';
import { actionNow } from '../actions/action-now.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { startExecution } from './execute.ts';
import { expectPending, whyNotPending } from './expect-pending.ts';
import { leaseOf } from './lease.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { openParams } from './sealed-params.ts';

/**
 * A person assents: the row is approved, which starts the execution of exactly what was recorded, once. The outcome is
 * waited for; who stops waiting changes nothing of it.
 * Throws `GatewayError`: `not_found`; `conflict` where it is decided already, or where the action is no longer the one that
 * was asked for; `expired` where that came too late; `source_unavailable` where its source cannot be asked, and then it waits on.
 */
export async function approve(gateway: Gateway, caller: AdminCaller, id: string): Promise<Outcome> {
  const pending = await expectPending(gateway, caller.organizationId, id);
  const source = await sourceAsAskedFor(gateway, pending);
  const params = openParams(gateway, pending);
  const approved = await gateway.store.write((tx) =>
    approvePending(tx, id, caller.userId, gateway.clock(), leaseOf(gateway)),
  );
  if (approved === undefined) throw await whyNotPending(gateway, caller.organizationId, id);
  return outcomeOf(await startExecution(gateway, approved, source, params));
}

/** The source, if what stands behind it and what the action is are still what the agent asked for. */
async function sourceAsAskedFor(gateway: Gateway, pending: InvocationRow): Promise<ActionSource> {
  const action = await actionNow(gateway, pending);
  if (action?.isSame === true) return action.source;
  throw new GatewayError(
    'conflict',
    'The action is no longer what the agent asked for: its definition or its source has changed. Deny this; the agent may ask again.',
  );
}
