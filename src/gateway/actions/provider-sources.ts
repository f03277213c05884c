import { type ProviderOptions, providerSource } from '../../sources/provider-source.ts';
import { providers } from '../../sources/providers.ts';
import { listIntegrations } from '../../store/integrations.ts';
import type { SourceKind } from '../gateway.ts';
import { integrationKey } from './stored-secret.ts';

/** The sources that an organization's integrations are. */
export function providerSources(options: ProviderOptions): SourceKind {
  return async (gateway, organizationId) => {
    const rows = await listIntegrations(gateway.store.db, organizationId);
    return rows.flatMap(({ provider: id, base_url, updated_at }) => {
      const provider = providers.find((one) => one.id === id);
      if (provider === undefined) return [];
      const integration = { secretKey: integrationKey(id), baseUrl: base_url, version: updated_at };
      return [providerSource(provider, integration, options)];
    });
  };
}
