import { queryOptions } from '@tanstack/react-query';
import type { Preferences } from '../../src/contract/preferences.ts';
import { ask } from './fetch.ts';

const path = '/v1/preferences/actions';

/** What one has switched off for one's own agents: source ids and mode keys. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: async ({ signal }) => (await ask<Preferences>('GET', path, undefined, signal)).disabled,
});

/** Switches one entry off or on, in the list as it stands then: another page may have changed it. Gives back the new list. */
export async function switchEntry(entry: string, isOff: boolean): Promise<string[]> {
  const { disabled } = await ask<Preferences>('GET', path);
  const others = disabled.filter((one) => one !== entry);
  const wanted: Preferences = { disabled: isOff ? [...others, entry] : others };
  return (await ask<Preferences>('PUT', path, wanted)).disabled;
}
