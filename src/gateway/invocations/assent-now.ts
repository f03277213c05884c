import type { JsonObject } from '../../lib/json.ts';
import { type Database, lockRow } from '../../store/engine/database.ts';
import { holdSetUp } from '../../store/reviewed-actions.ts';
import { findSessionPolicy, type SessionPolicy } from '../../store/session-policy.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { approvePending, denyPending } from '../../store/transitions.ts';
import { sourceOf } from '../actions/catalog.ts';
import { evaluate } from '../actions/evaluate.ts';
import { disabledEntry } from '../actions/find-action.ts';
import type { FoundAction } from '../actions/hashes.ts';
import { reviewOf } from '../actions/reviews.ts';
import { type AdminCaller, asAdmin } from '../callers.ts';
import { type Gateway, inTransaction } from '../gateway.ts';
import { callerOfMember } from '../people/authenticate.ts';
import { changed } from './changed.ts';
import { leaseOf } from './lease.ts';

/**
 * Asks everything that may have changed while the request waited and its action was listed, and approves the row in the same
 * transaction; denies it where policy does by now. `undefined` where it is decided already, or too late.
 */
export async function assentNow(
  gateway: Gateway,
  tx: Database,
  caller: AdminCaller,
  pending: InvocationRow,
  found: FoundAction,
  params: JsonObject,
): Promise<InvocationRow | undefined> {
  const { id, organization_id: organizationId } = pending;
  const inside = inTransaction(gateway, tx);
  await lockRow(tx, 'agent_sessions', pending.session_id);
  asAdmin(await callerOfMember(inside, caller.userId, organizationId));
  const policy = await livingPolicy(inside, pending);
  await expectSameSource(inside, organizationId, found);
  const denial = await denialNow(tx, organizationId, found, policy, params);
  const now = gateway.clock();
  return denial === undefined
    ? approvePending(tx, id, caller.userId, now, leaseOf(gateway))
    : denyPending(tx, id, null, now, `policy: ${denial}`);
}

async function livingPolicy(
  { store, clock }: Gateway,
  { organization_id, session_id }: InvocationRow,
): Promise<SessionPolicy> {
  const found = await findSessionPolicy(store.db, organization_id, session_id);
  const isLive = found !== undefined && found.row.revoked_at === null && found.row.expires_at > clock();
  if (!isLive) throw changed(['session']);
  return found.policy;
}

/** The setting of a source may have been switched off, changed or removed since its actions were listed. */
async function expectSameSource(
  gateway: Gateway,
  organizationId: string,
  { source }: FoundAction,
): Promise<void> {
  const isThere = await holdSetUp(gateway.store.db, organizationId, source.setUpBy);
  const same = isThere ? await sourceOf(gateway, organizationId, source.id) : undefined;
  if (same?.configuration !== source.configuration) throw changed(['source']);
}

/** Why policy denies the action by now; `undefined` where it does not. */
async function denialNow(
  tx: Database,
  organizationId: string,
  { source, definition }: FoundAction,
  policy: SessionPolicy,
  params: JsonObject,
): Promise<string | undefined> {
  const off = disabledEntry(policy.disabled, source.id, definition.id);
  if (off !== undefined) return `"${off}" is switched off in the preferences of the session's user`;
  const review = await reviewOf(tx, organizationId, source.id, definition.id);
  const decision = evaluate({ sourceId: source.id, definition, review, modes: policy, params });
  return decision.mode === 'deny' ? (decision.deniedReason ?? 'denied') : undefined;
}
