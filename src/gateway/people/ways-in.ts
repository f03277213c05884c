import type { Grant, GrantsAnswer, GrantsEnded } from '../../contract/ways-in.ts';
import { isoTime, isoTimeOrNull } from '../../lib/clock.ts';
import { type Database, lockRow } from '../../store/engine/database.ts';
import { findGrant, grantNames, grantParents, listGrants } from '../../store/grants.ts';
import { findSignInMethods } from '../../store/sign-in-methods.ts';
import type { GrantRow } from '../../store/tables.ts';
import type { UserCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { atOnce, ending, isLive, signsIn } from './grants.ts';
import { type AvailableMethods, connectedAccounts, countSignInMethods } from './sign-in-methods.ts';

type Person = Pick<UserCaller, 'userId' | 'credential'>;

/** What gives a person access at present: how they sign in, where they are signed in, and what came of that. */
export async function listWaysIn(gateway: Gateway, { userId, credential }: Person): Promise<GrantsAnswer> {
  const { db } = gateway.store;
  const rows = await listGrants(db, userId, gateway.clock());
  const names = await grantNames(db, userId);
  const origins = await liveOrigins(db, rows);
  return {
    grants: rows.map((row) => ({
      ...toGrant(row, names, credential?.id),
      cameFrom: origins.get(row.id) ?? null,
    })),
  };
}

/**
 * What each came from among those that hold. What has ended hides nothing that came from it: that ends with what the ended one
 * came from.
 */
async function liveOrigins(db: Database, rows: readonly GrantRow[]): Promise<ReadonlyMap<string, string>> {
  const origins = new Map<string, string>();
  const live = new Set(rows.map(({ id }) => id));
  let waiting = rows.map(({ id, parent_id }) => ({ id, at: parent_id }));
  while (waiting.length > 0) {
    for (const { id, at } of waiting) if (at !== null && live.has(at)) origins.set(id, at);
    const further = waiting.filter(({ id, at }) => at !== null && !origins.has(id));
    const parents = await parentsOf(db, new Set(further.flatMap(({ at }) => at ?? [])));
    waiting = further.map(({ id, at }) => ({ id, at: parents.get(at ?? '') ?? null }));
  }
  return origins;
}

async function parentsOf(
  db: Database,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string | null>> {
  const parents = new Map<string, string | null>();
  for (let all = [...ids]; all.length > 0; all = all.slice(atOnce))
    for (const { id, parent_id } of await grantParents(db, all.slice(0, atOnce))) parents.set(id, parent_id);
  return parents;
}

function toGrant(row: GrantRow, names: Names, currentId: string | undefined): Omit<Grant, 'cameFrom'> {
  return {
    ...toEnded(row, names),
    method: row.method,
    address: row.address,
    userAgent: row.user_agent,
    createdAt: isoTime(row.created_at),
    lastUsedAt: isoTimeOrNull(row.used_at),
    expiresAt: isoTimeOrNull(row.expires_at),
    isCurrent: row.id === currentId,
  };
}

type Names = Awaited<ReturnType<typeof grantNames>>;

function toEnded({ id, kind }: GrantRow, names: Names): GrantsEnded['ended'][number] {
  return { id, kind, name: names.get(id) ?? null };
}

/** Whether ending a right takes a person who has shown who they are: a stolen cookie or token shuts nobody out. */
export async function takesProof(gateway: Gateway, { userId }: Person, id: string): Promise<boolean> {
  return signsIn.has((await ownGrant(gateway, gateway.store.db, userId, id)).kind);
}

/**
 * Ends one of a person's own rights, with all that came from it but what is to be kept. Throws `not_found`, and `conflict` where they would have no way to sign in left that works here.
 */
export async function endWayIn(
  gateway: Gateway,
  { userId }: Person,
  id: string,
  here: AvailableMethods,
  keep: readonly string[] = [],
): Promise<GrantsEnded> {
  const names = await grantNames(gateway.store.db, userId);
  const ended = await ending(gateway, { by: userId, why: endedByPerson }, async (tx, { takeAway }) => {
    await lockRow(tx, 'auth_user', userId);
    const grant = await ownGrant(gateway, tx, userId, id);
    const before = countSignInMethods(await findSignInMethods(tx, userId), here);
    const ended = await takeAway([id], new Set(keep));
    const after = countSignInMethods(await findSignInMethods(tx, userId), here);
    if (signsIn.has(grant.kind) && before > 0 && after === 0) throw lastOne();
    return ended;
  });
  gateway.log.info({ userId, grantId: id, ended: ended.length }, 'way in ended');
  return { ended: ended.map((row) => toEnded(row, names)) };
}

/** Signs a person out of every browser but this one, with all that came from there. */
export async function endOtherBrowsers(
  gateway: Gateway,
  { userId, credential }: Person,
): Promise<GrantsEnded> {
  const names = await grantNames(gateway.store.db, userId);
  const ended = await ending(gateway, { by: userId, why: endedByPerson }, async (tx, { takeAway }) => {
    const others = (await listGrants(tx, userId, gateway.clock())).filter(
      ({ id, kind }) => kind === 'browser_session' && id !== credential?.id,
    );
    return takeAway(others.map(({ id }) => id));
  });
  return { ended: ended.map((row) => toEnded(row, names)) };
}

const endedByPerson = 'the person who opened the session ended what it came from';

async function ownGrant(gateway: Gateway, db: Database, userId: string, id: string): Promise<GrantRow> {
  const grant = await findGrant(db, id);
  if (grant === undefined || grant.user_id !== userId || !isLive(grant, gateway.clock()))
    throw notFound('way in of yours; perhaps it has ended already');
  return grant;
}

/** Who has no way in left could be signed in by a link alone, and a stolen token makes links. */
function lastOne(): GatewayError {
  return new GatewayError(
    'conflict',
    'This is the only way in which you sign in. Set a password or add a passkey first.',
  );
}

/** Ends a person's accounts with the provider of this issuer. Throws as `endWayIn`, and `not_found` where there is none. */
export async function disconnectSingleSignOn(
  gateway: Gateway,
  person: Person,
  here: AvailableMethods & { readonly issuer: string },
): Promise<void> {
  const methods = await findSignInMethods(gateway.store.db, person.userId);
  const connected = connectedAccounts(methods, here.issuer);
  if (connected.length === 0)
    throw new GatewayError('not_found', 'Your account is not connected with single sign-on.');
  for (const { id } of connected) await endWayIn(gateway, person, id, here);
}
