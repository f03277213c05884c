import { queryOptions } from '@tanstack/react-query';
import type { SecretInfo } from '../../src/contract/secrets.ts';
import { ask } from './fetch.ts';

/** Keys and dates, for admins; no answer holds a value. */
export const secretsQuery = queryOptions({
  queryKey: ['secrets'],
  queryFn: async ({ signal }) =>
    (await ask<{ secrets: SecretInfo[] }>('GET', '/v1/secrets', undefined, signal)).secrets,
});

/** Sets or replaces. */
export async function setSecret(key: string, value: string): Promise<SecretInfo> {
  const path = `/v1/secrets/${encodeURIComponent(key)}`;
  return (await ask<{ secret: SecretInfo }>('PUT', path, { value })).secret;
}

export function deleteSecret(key: string): Promise<unknown> {
  return ask('DELETE', `/v1/secrets/${encodeURIComponent(key)}`);
}
