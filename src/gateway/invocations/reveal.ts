import type { RevealAnswer } from '../../contract/acts.ts';
import { findInvocation } from '../../store/invocations.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { type AdminCaller, asAdmin } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import { type Gateway, inTransaction } from '../gateway.ts';
import { recordAct } from '../history/acts.ts';
import { callerOfMember } from '../people/authenticate.ts';
import { openParamsText } from './sealed-params.ts';

/**
 * What runs, byte for byte, with nothing hidden; who looked is on record before they see it, in one transaction.
 * Throws `not_found`; `conflict` where the exact params are not kept, or not any more; `forbidden` and `unauthenticated` where
 * the caller may not decide any more; `unsealable` where they do not open: then nothing is on record.
 */
export async function reveal(gateway: Gateway, caller: AdminCaller, id: string): Promise<RevealAnswer> {
  return gateway.store.write(async (tx) => {
    const inside = inTransaction(gateway, tx);
    asAdmin(await callerOfMember(inside, caller.userId, caller.organizationId));
    const row = await findInvocation(tx, caller.organizationId, id);
    if (row === undefined) throw notFound('invocation');
    if (row.params_sealed === null) throw new GatewayError('conflict', whyNotKept(row));
    const params = openParamsText(gateway, row);
    return { params, act: await recordAct(gateway, tx, caller, 'reveal', { kind: 'invocation', id }) };
  });
}

function whyNotKept({ status, expires_at }: InvocationRow): string {
  return expires_at === null
    ? 'This invocation did not wait for a person, so that its exact params were never kept. The record has them as they may be stored.'
    : `This invocation is ${status}, and its exact params were deleted when it ended. The record has them as they may be stored.`;
}
