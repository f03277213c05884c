import { findInvocation } from '../../store/invocations.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { expirePending } from '../../store/transitions.ts';
import { announceNotApproved } from '../announce.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';

/** The row, if it still waits. Throws `not_found`, `conflict`, or `expired`, having expired it where its time is over. */
export async function expectPending(
  gateway: Gateway,
  organizationId: string,
  id: string,
): Promise<InvocationRow> {
  const row = await findInvocation(gateway.store.db, organizationId, id);
  if (row === undefined) throw notFound('invocation');
  if (row.status === 'pending' && (row.expires_at ?? 0) > gateway.clock()) return row;
  throw await whyNotPending(gateway, organizationId, id);
}

/** Why a decision came to nothing, as the row now stands. */
export async function whyNotPending(
  gateway: Gateway,
  organizationId: string,
  id: string,
): Promise<GatewayError> {
  const ended = await gateway.store.write((tx) => expirePending(tx, gateway.clock(), id));
  for (const row of ended) announceNotApproved(gateway, toInvocation(row));
  const row = await findInvocation(gateway.store.db, organizationId, id);
  if (row === undefined) return notFound('invocation');
  if (row.status === 'expired') {
    return new GatewayError(
      'expired',
      'This request has expired: nobody decided in time. The agent may ask again.',
    );
  }
  return new GatewayError(
    'conflict',
    `This invocation is ${row.status} already; only a pending one can be decided.`,
  );
}
