import type { GrantKind } from '../../contract/ways-in.ts';
import { scopes as allScopes, type Scope } from '../../shared/user-tokens.ts';
import { type Ending, endThings } from '../../store/end-grants.ts';
import type { Database } from '../../store/engine/database.ts';
import { childGrantIds, endGrantRows, holdGrant, insertGrant, moveGrants } from '../../store/grants.ts';
import type { GrantRow, InvocationRow } from '../../store/tables.ts';
import { findTokenScopes } from '../../store/user-tokens.ts';
import { announceNotApproved } from '../announce.ts';
import { dropResultsNow } from '../drop-results.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';
import { parseScopes, refuseMoreThan } from './scopes.ts';

// The ledger of ways in: every right that somebody is given is entered here in the transaction that gives it, with what it
// came from, and goes when that goes. `docs/signing-in.md` has it as a state machine.

/** A right to be entered. */
export interface NewGrant extends Pick<GrantRow, 'id' | 'kind' | 'user_id'> {
  /** The grant that it comes from, which must hold; `null` for what the gateway's own machine gives. */
  readonly parentId: string | null;
  readonly organizationId?: string;
  /** What its bearer may do: everything, unless it says otherwise. A token gives nothing beyond its own. */
  readonly scopes?: readonly Scope[];
  /** Milliseconds; it may end earlier, with what it came from. */
  readonly expiresAt?: number | null;
  readonly browser?: Pick<GrantRow, 'method' | 'address' | 'user_agent' | 'proven_at' | 'secret_hash'>;
}

/**
 * Enters a right, under what it came from: that is asked now, and held for the rest of the transaction. Gives back until when the
 * right lasts at the most. Throws `expired` where what it came from has ended, or was never the same person's, and
 * `insufficient_scope` where a token would give more than it has.
 */
export async function addGrant(
  tx: Database,
  { parentId, organizationId, scopes = allScopes, expiresAt = null, browser, ...grant }: NewGrant,
  now: number,
): Promise<number | null> {
  const parent = parentId === null ? undefined : await holdGrant(tx, parentId);
  if (parentId !== null && !(parent !== undefined && isLive(parent, now) && parent.user_id === grant.user_id))
    throw originOver();
  if (parent?.kind === 'user_token')
    refuseMoreThan(parseScopes(await findTokenScopes(tx, parent.id)), scopes);
  const boundedUntil = parent === undefined || signsIn.has(grant.kind) ? null : tokenEnd(parent);
  const until = earlier(earlier(expiresAt, boundedUntil), sessionEnd(parent, grant.kind));
  await insertGrant(tx, {
    ...grant,
    ...(browser ?? { method: null, address: null, user_agent: null, proven_at: null, secret_hash: null }),
    organization_id: organizationId ?? null,
    parent_id: parentId,
    created_at: now,
    expires_at: until,
    bounded_until: boundedUntil,
    used_at: null,
    ended_at: null,
  });
  return until;
}

/** Whether a right holds still. */
export function isLive(grant: Pick<GrantRow, 'ended_at' | 'expires_at'>, now: number): boolean {
  return grant.ended_at === null && (grant.expires_at === null || grant.expires_at > now);
}

/** What is only under way: it ends with its browser's session, even where that ends by itself. */
const underWay: readonly GrantKind[] = ['login_link', 'device_code'];

/** What signs its person in by itself. Whoever could set it has shown who they are: it goes when the token is revoked, and not by time. */
export const signsIn: ReadonlySet<GrantKind> = new Set(['password', 'passkey', 'provider_account']);

/** When the token is over that a right goes back to, through however many others: it gives nothing that outlasts it. */
function tokenEnd(parent: GrantRow): number | null {
  return parent.kind === 'user_token' ? parent.expires_at : parent.bounded_until;
}

/** A browser's session lets no other browser in for longer, and ends with what is under way. */
function sessionEnd(parent: GrantRow | undefined, kind: GrantKind): number | null {
  const isBound =
    parent?.kind === 'browser_session' && (kind === 'browser_session' || underWay.includes(kind));
  return isBound ? parent.expires_at : null;
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function originOver(): GatewayError {
  return new GatewayError(
    'expired',
    'What this was begun with has ended meanwhile. Sign in, and begin again.',
  );
}

/** Ends rights in one transaction. */
export interface Endings {
  /**
   * Takes rights away, with all that came from them, through however many others, but for what is to be kept and what came from
   * that: it comes from its person's own word from now on. Gives back what has ended.
   */
  readonly takeAway: (ids: readonly string[], keep?: ReadonlySet<string>) => Promise<GrantRow[]>;
  /** Ends what is over by itself (signed out, used up): what is under way ends with it, and what was made with it goes on. */
  readonly letGo: (ids: readonly string[]) => Promise<GrantRow[]>;
}

/**
 * Does a unit of work that ends rights. What their agents had waiting is denied, and everybody who listens is told once it is
 * done.
 */
export async function ending<Result>(
  gateway: Gateway,
  { by, why }: Pick<Ending, 'by' | 'why'>,
  unit: (tx: Database, endings: Endings) => Promise<Result>,
): Promise<Result> {
  const now = gateway.clock();
  const denied: InvocationRow[] = [];
  let endsAgents = false;
  const result = await gateway.store.write(async (tx) => {
    // A unit may be tried again.
    denied.length = 0;
    const end = async (ids: readonly string[]) => {
      const ended = await endGrantRows(tx, ids, now);
      for (const [kind, rows] of Map.groupBy(ended, (one) => one.kind)) {
        const things = rows.map(({ id }) => id);
        endsAgents ||= kind === 'agent_session';
        denied.push(...(await endThings[kind](tx, things, { by, why, now })));
      }
      return ended;
    };
    return unit(tx, {
      takeAway: (ids, keep) => takeAway(tx, end, ids, keep),
      letGo: async (ids) => [...(await end(ids)), ...(await end(await childGrantIds(tx, ids, underWay)))],
    });
  });
  if (endsAgents) await dropResultsNow(gateway);
  for (const row of denied) announceNotApproved(gateway, toInvocation(row));
  return result;
}

/** Rights that one statement names. */
export const atOnce = 500;

/**
 * From each to what came from it: a right is ended before it is asked what came from it, so that whoever gives something from it at
 * this moment has either entered it already or finds it ended.
 */
async function takeAway(
  tx: Database,
  end: (ids: readonly string[]) => Promise<GrantRow[]>,
  ids: readonly string[],
  keep: ReadonlySet<string> = new Set(),
): Promise<GrantRow[]> {
  const ended: GrantRow[] = [];
  const seen = new Set(ids);
  const waiting = [...ids];
  while (waiting.length > 0) {
    const next = waiting.splice(0, atOnce);
    ended.push(...(await end(next)));
    const children = (await childGrantIds(tx, next)).filter((id) => !seen.has(id));
    for (const id of children) seen.add(id);
    await moveGrants(
      tx,
      children.filter((id) => keep.has(id)),
      null,
    );
    waiting.push(...children.filter((id) => !keep.has(id)));
  }
  return ended;
}
