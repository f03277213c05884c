import type { Integration, IntegrationBody, IntegrationsAnswer } from '../../contract/integrations.ts';
import { isoTime } from '../../lib/clock.ts';
import { marker } from '../../policy/secret-spans.ts';
import { providers } from '../../sources/providers.ts';
import * as store from '../../store/integrations.ts';
import type { IntegrationRow } from '../../store/tables.ts';
import { integrationSealContext } from '../actions/stored-secret.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/**
 * Sets a provider up, or anew; nothing gives the token back. Throws `invalid_request` for a provider that is not built in, and
 * for a token that redaction could not hide.
 */
export async function setIntegration(
  gateway: Gateway,
  caller: AdminCaller,
  provider: string,
  { token, baseUrl }: IntegrationBody,
): Promise<Integration> {
  refuseUnknown(provider);
  if (marker.includes(token))
    throw new GatewayError(
      'invalid_request',
      `This token is part of "${marker}", the mark that stands for secrets.`,
    );
  const now = gateway.clock();
  const { organizationId } = caller;
  const row: IntegrationRow = {
    organization_id: organizationId,
    provider,
    base_url: baseUrl,
    sealed_token: gateway.sealer.seal(token, integrationSealContext(organizationId, provider)),
    created_at: now,
    updated_at: now,
  };
  const stored = await gateway.store.write((tx) => store.putIntegration(tx, row));
  gateway.log.info({ by: caller.userId, provider, baseUrl }, 'integration set');
  return toIntegration(stored);
}

/** What is set up, and what could be. */
export async function listIntegrations(gateway: Gateway, caller: AdminCaller): Promise<IntegrationsAnswer> {
  const rows = await store.listIntegrations(gateway.store.db, caller.organizationId);
  return {
    integrations: rows.filter(isKnown).map(toIntegration),
    providers: providers.map(({ id, displayName, baseUrl }) => ({ id, displayName, baseUrl })),
  };
}

/** Throws `not_found`. What was done through it stays on record. */
export async function deleteIntegration(
  gateway: Gateway,
  caller: AdminCaller,
  provider: string,
): Promise<void> {
  const deleted = await gateway.store.write((tx) =>
    store.deleteIntegration(tx, caller.organizationId, provider),
  );
  if (!deleted) throw notFound('integration');
  gateway.log.info({ by: caller.userId, provider }, 'integration removed');
}

function refuseUnknown(provider: string): void {
  const known = providers.map(({ id }) => id);
  if (known.includes(provider)) return;
  throw new GatewayError(
    'invalid_request',
    `There is no provider "${provider}". There are ${known.join(', ')}.`,
  );
}

/** A later version may have stored one that this one does not know. */
function isKnown({ provider }: IntegrationRow): boolean {
  return providers.some(({ id }) => id === provider);
}

function toIntegration(row: IntegrationRow): Integration {
  return {
    provider: row.provider,
    displayName: providers.find(({ id }) => id === row.provider)?.displayName ?? row.provider,
    baseUrl: row.base_url,
    createdAt: isoTime(row.created_at),
    updatedAt: isoTime(row.updated_at),
  };
}
