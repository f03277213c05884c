import type { JsonObject } from '../../lib/json.ts';
import { modeKey } from '../../shared/mode-key.ts';
import { type Database, lockRow } from '../../store/engine/database.ts';
import { findMembership } from '../../store/members.ts';
import { holdSetUp } from '../../store/reviewed-actions.ts';
import { findSessionPolicy, type SessionPolicy } from '../../store/session-policy.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { approvePending, denyPending } from '../../store/transitions.ts';
import { sourcesOf } from '../actions/catalog.ts';
import { evaluate } from '../actions/evaluate.ts';
import type { FoundAction } from '../actions/hashes.ts';
import { reviewOf } from '../actions/reviews.ts';
import { type AdminCaller, asAdmin } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { unauthenticated } from '../people/authenticate.ts';
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
  await lockRow(tx, 'agent_sessions', pending.session_id);
  await expectStillAdmin(tx, caller);
  const policy = await livingPolicy(gateway, tx, pending);
  await expectSameSource(gateway, tx, organizationId, found);
  const denial = await denialNow(tx, organizationId, found, policy, params);
  const now = gateway.clock();
  return denial === undefined
    ? approvePending(tx, id, caller.userId, now, leaseOf(gateway))
    : denyPending(tx, id, null, now, `policy: ${denial}`);
}

/** Throws `unauthenticated` and `forbidden`. */
async function expectStillAdmin(tx: Database, caller: AdminCaller): Promise<void> {
  const membership = await findMembership(tx, caller.userId, caller.organizationId);
  if (membership === undefined)
    throw unauthenticated('You are not a member of this organization. Ask an owner to invite you.');
  asAdmin({ ...caller, role: membership.role });
}

async function livingPolicy(
  gateway: Gateway,
  tx: Database,
  { organization_id, session_id }: InvocationRow,
): Promise<SessionPolicy> {
  const found = await findSessionPolicy(tx, organization_id, session_id);
  const isLive =
    found !== undefined && found.row.revoked_at === null && found.row.expires_at > gateway.clock();
  if (!isLive) throw changed(['session']);
  return found.policy;
}

/** The setting of a source may have been switched off, changed or removed since its actions were listed. */
async function expectSameSource(
  gateway: Gateway,
  tx: Database,
  organizationId: string,
  { source }: FoundAction,
): Promise<void> {
  const isThere = await holdSetUp(tx, organizationId, source.setUpBy);
  const seen: Gateway = { ...gateway, store: { ...gateway.store, db: tx } };
  const now = isThere ? await sourcesOf(seen, organizationId) : [];
  const same = now.find(({ id }) => id === source.id);
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
  const keys = [source.id, modeKey(source.id, definition.id)];
  const off = policy.disabled.find((entry) => keys.includes(entry));
  if (off !== undefined) return `"${off}" is switched off in the preferences of the session's user`;
  const review = await reviewOf(tx, organizationId, source.id, definition.id);
  const decision = evaluate({ sourceId: source.id, definition, review, modes: policy, params });
  return decision.mode === 'deny' ? (decision.deniedReason ?? 'denied') : undefined;
}
