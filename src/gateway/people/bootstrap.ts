import { newId } from '../../lib/ids.ts';
import { insertMember, listMembers } from '../../store/members.ts';
import { findOrganizationBySlug, insertOrganization } from '../../store/organizations.ts';
import { insertUser } from '../../store/users.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

export interface Owner {
  readonly organizationId: string;
  readonly userId: string;
  /** Whether this start made them. */
  readonly isNew: boolean;
}

const slug = 'default';
/** Made up: nobody has it, and no provider can vouch for it. */
export const firstOwnersAddress = 'owner@assent.local';

/** The organization `default` and its owner: made at the first start, found at every later one. */
export async function bootstrap(gateway: Gateway): Promise<Owner> {
  return (await findOwner(gateway)) ?? (await makeOwner(gateway)) ?? bootstrap(gateway);
}

async function findOwner(gateway: Gateway): Promise<Owner | undefined> {
  const organization = await findOrganizationBySlug(gateway.store.db, slug);
  if (organization === undefined) return undefined;
  const members = await listMembers(gateway.store.db, organization.id);
  const owner = members.find((member) => member.role === 'owner');
  if (owner === undefined)
    throw new GatewayError(
      'conflict',
      'The organization "default" has no owner. Restore a backup of the database.',
    );
  return { organizationId: organization.id, userId: owner.userId, isNew: false };
}

/** `undefined` where another gateway on the same database was faster. */
async function makeOwner(gateway: Gateway): Promise<Owner | undefined> {
  const now = gateway.clock();
  const organizationId = newId();
  const userId = newId();
  const isFirst = await gateway.store.write(async (tx) => {
    const isFirst = await insertOrganization(tx, { id: organizationId, name: slug, slug }, now);
    if (!isFirst) return false;
    await insertUser(tx, { id: userId, name: 'Owner', email: firstOwnersAddress }, now);
    await insertMember(tx, { id: newId(), organizationId, userId, role: 'owner' }, now);
    return true;
  });
  if (!isFirst) return undefined;
  return { organizationId, userId, isNew: true };
}
