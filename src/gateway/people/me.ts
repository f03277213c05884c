import type { MeAnswer } from '../../contract/me.ts';
import { isoTimeOrNull } from '../../lib/clock.ts';
import { findGrant } from '../../store/grants.ts';
import { findOrganization } from '../../store/organizations.ts';
import { findSignInMethods } from '../../store/sign-in-methods.ts';
import { findUser } from '../../store/users.ts';
import type { UserCaller } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { connectedAccounts } from './sign-in-methods.ts';

/** Who is asking, and how they can sign in; `singleSignOn` is the gateway's own, where it has one. Asks the database alone. */
export async function readMe(
  gateway: Gateway,
  { userId, organizationId, role, credential }: UserCaller,
  singleSignOn: { readonly name: string; readonly issuer: string } | undefined,
): Promise<MeAnswer> {
  const { db } = gateway.store;
  const [user, organization, methods, grant] = await Promise.all([
    findUser(db, userId),
    findOrganization(db, organizationId),
    findSignInMethods(db, userId),
    credential && findGrant(db, credential.id),
  ]);
  if (user === undefined || organization === undefined) throw notFound('user');
  return {
    user: { id: userId, name: user.name, email: user.email, role },
    organization: { id: organizationId, name: organization.name },
    signIn: {
      hasPassword: methods.password !== undefined,
      isRecovery: grant?.method === 'recovery',
      passkeys: methods.passkeys.map((one) => ({ ...one, createdAt: isoTimeOrNull(one.createdAt) })),
      oidc:
        singleSignOn === undefined
          ? null
          : {
              name: singleSignOn.name,
              isConnected: connectedAccounts(methods, singleSignOn.issuer).length > 0,
            },
    },
  };
}

/** What a person is called here, and their address. Throws `not_found`. */
export async function findPerson(
  gateway: Gateway,
  userId: string,
): Promise<{ readonly name: string; readonly email: string }> {
  const user = await findUser(gateway.store.db, userId);
  if (user === undefined) throw notFound('user');
  return { name: user.name, email: user.email };
}
