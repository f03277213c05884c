import { findIntegration } from '../../store/integrations.ts';
import { findSecret } from '../../store/secrets.ts';
import type { Gateway } from '../gateway.ts';

/** No key that a person can give a secret holds a colon. */
const integrationPrefix = 'integration:';

/** The key by which a provider's source asks for its token. */
export function integrationKey(provider: string): string {
  return integrationPrefix + provider;
}

/** Seal contexts (associated data): a stored credential opens only for the organization and the key that it was sealed for. */
export function secretSealContext(organizationId: string, key: string): string {
  return `secret:${organizationId}:${key}`;
}

export function integrationSealContext(organizationId: string, provider: string): string {
  return `integration:${organizationId}:${provider}`;
}

/** A credential by the key that a source asks with; `undefined` where it is not set. */
export async function storedSecret(
  gateway: Gateway,
  organizationId: string,
  key: string,
): Promise<string | undefined> {
  const { store, sealer } = gateway;
  if (key.startsWith(integrationPrefix)) {
    const provider = key.slice(integrationPrefix.length);
    const row = await findIntegration(store.db, organizationId, provider);
    return row && sealer.open(row.sealed_token, integrationSealContext(organizationId, provider));
  }
  const row = await findSecret(store.db, organizationId, key);
  return row && sealer.open(row.sealed, secretSealContext(organizationId, key));
}

/** What to say where a credential is not set: what it is, and who sets it how. */
export function notSet(key: string): string {
  if (!key.startsWith(integrationPrefix))
    return `The secret "${key}" is not set. An admin sets it with \`assent secrets set ${key}\`.`;
  const provider = key.slice(integrationPrefix.length);
  return `There is no token for ${provider}. An admin sets it with \`assent integrations set ${provider}\`.`;
}
