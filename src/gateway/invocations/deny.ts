import type { Invocation } from '../../contract/invocation.ts';
import { recordableText } from '../../policy/record.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { denyPending } from '../../store/transitions.ts';
import { credentialValuesOf } from '../actions/credential-values.ts';
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
  const pending = await expectPending(gateway, caller.organizationId, id);
  const words = recordableText(reason ?? 'denied by a person', await valuesToHide(gateway, pending));
  const denied = await gateway.store.write((tx) =>
    denyPending(tx, id, caller.userId, gateway.clock(), words),
  );
  if (denied === undefined) throw await whyNotPending(gateway, caller.organizationId, id);
  const invocation = toInvocation(denied);
  announceNotApproved(gateway, invocation);
  return invocation;
}

/** A denial goes through whatever is the matter with a credential: one that does not open is nothing that can be looked for. */
async function valuesToHide(
  gateway: Gateway,
  { organization_id, source_id }: InvocationRow,
): Promise<string[]> {
  try {
    return await credentialValuesOf(gateway, organization_id, source_id);
  } catch (error) {
    gateway.log.warn(
      { err: error, sourceId: source_id },
      'a reason is stored without a search for credentials',
    );
    return [];
  }
}
