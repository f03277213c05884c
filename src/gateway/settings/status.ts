import type { StatusAnswer } from '../../contract/status.ts';
import { isoTimeOrNull } from '../../lib/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import { recordableText } from '../../policy/record.ts';
import type { ActionSource } from '../../sources/action-source.ts';
import { findGrant } from '../../store/grants.ts';
import { countPendingOfOrganization } from '../../store/invocations.ts';
import { findOrganization } from '../../store/organizations.ts';
import { findUser } from '../../store/users.ts';
import { sourcesOf } from '../actions/catalog.ts';
import { openContext } from '../actions/source-context.ts';
import type { UserCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** How the gateway does, for one who belongs to the organization: what waits, and for those
 * who configure them, which sources answer. */
export async function readStatus(gateway: Gateway, caller: UserCaller): Promise<StatusAnswer> {
  const { organizationId, userId } = caller;
  const [organization, user, token, pending, sources] = await Promise.all([
    findOrganization(gateway.store.db, organizationId),
    findUser(gateway.store.db, userId),
    presentedToken(gateway, caller),
    countPendingOfOrganization(gateway.store.db, organizationId, gateway.clock()),
    caller.role === 'member' ? [] : sourcesOf(gateway, organizationId),
  ]);
  if (organization === undefined || user === undefined) throw notFound('organization');
  return {
    version: gateway.version,
    database: gateway.store.engine,
    organization: { id: organization.id, name: organization.name },
    user: { id: user.id, email: user.email, role: caller.role },
    token,
    pending,
    connectors: await Promise.all(sources.map((source) => probe(gateway, organizationId, source))),
  };
}

async function presentedToken(gateway: Gateway, { credential }: UserCaller): Promise<StatusAnswer['token']> {
  if (credential?.kind !== 'user_token') return null;
  const grant = await findGrant(gateway.store.db, credential.id);
  return grant === undefined
    ? null
    : {
        scopes: [...credential.scopes],
        expiresAt: isoTimeOrNull(grant.expires_at),
      };
}

async function probe(
  gateway: Gateway,
  organizationId: string,
  source: ActionSource,
): Promise<StatusAnswer['connectors'][number]> {
  using opened = openContext(gateway, organizationId, null);
  try {
    const actions = await source.listActions(opened.context);
    return { name: source.displayName, ok: true, tools: actions.length, error: null };
  } catch (error) {
    return {
      name: source.displayName,
      ok: false,
      tools: 0,
      error: recordableText(messageOf(error), opened.revealed),
    };
  }
}

/** Throws `unavailable`, with the reason, where no work may be sent here: a stop is under way, or the database takes none. */
export async function expectReady(gateway: Gateway): Promise<void> {
  if (gateway.stopping.signal.aborted)
    throw new GatewayError('unavailable', 'The gateway is stopping, or its database does not answer.');
  await gateway.store.expectWritable();
}
