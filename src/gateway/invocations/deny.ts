import type { Invocation } from '../../contract/invocation.ts';
import { recordableText } from '../../policy/record.ts';
import { denyPending } from '../../store/transitions.ts';
import { announceNotApproved } from '../announce.ts';
import type { AdminCaller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';
import { expectPending, whyNotPending } from './expect-pending.ts';

/** A person refuses. Throws as `approve` does. */
export async function deny(
  gateway: Gateway,
  caller: AdminCaller,
  id: string,
  reason?: string,
): Promise<Invocation> {
  await expectPending(gateway, caller.organizationId, id);
  const words = recordableText(reason ?? 'denied by a person', []);
  const denied = await gateway.store.write((tx) =>
    denyPending(tx, id, caller.userId, gateway.clock(), words),
  );
  if (denied === undefined) throw await whyNotPending(gateway, caller.organizationId, id);
  const invocation = toInvocation(denied);
  announceNotApproved(gateway, invocation);
  return invocation;
}
