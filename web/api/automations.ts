import { queryOptions } from '@tanstack/react-query';
import type { Automation } from '../../src/contract/automations.ts';
import { ask } from './fetch.ts';

export const automationsQuery = queryOptions({
  queryKey: ['automations'],
  queryFn: async ({ signal }) =>
    (await ask<{ automations: Automation[] }>('GET', '/v1/automations', undefined, signal)).automations,
});

export async function createAutomation(name: string): Promise<Automation> {
  return (await ask<{ automation: Automation }>('POST', '/v1/automations', { name })).automation;
}

export function deleteAutomation(id: string): Promise<unknown> {
  return ask('DELETE', `/v1/automations/${id}`);
}
