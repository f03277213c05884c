import { queryOptions } from '@tanstack/react-query';
import type { Integration, IntegrationBody, IntegrationsAnswer } from '../../src/contract/integrations.ts';
import { ask } from './fetch.ts';

/** The providers that are set up, and all that are built in. For admins. */
export const integrationsQuery = queryOptions({
  queryKey: ['integrations'],
  queryFn: ({ signal }) => ask<IntegrationsAnswer>('GET', '/v1/integrations', undefined, signal),
});

/** Sets a provider up, or anew. The token is in this request and in no answer. */
export async function setIntegration(provider: string, wanted: IntegrationBody): Promise<Integration> {
  const path = `/v1/integrations/${encodeURIComponent(provider)}`;
  return (await ask<{ integration: Integration }>('PUT', path, wanted)).integration;
}

export function removeIntegration(provider: string): Promise<unknown> {
  return ask('DELETE', `/v1/integrations/${encodeURIComponent(provider)}`);
}
