import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Mode } from '../../src/contract/modes.ts';
import { modeKey } from '../../src/shared/mode-key.ts';
import { ask } from './fetch.ts';

/** Whose mode: the organization's where no automation is named. */
export interface ModePlace {
  readonly sourceId: string;
  readonly actionId: string;
  readonly automationId?: string | undefined;
}

/** The modes as they are stored, by key: what somebody has set, for the organization or for an automation. A text may be no mode. */
export const storedModesQuery = (automationId?: string) =>
  queryOptions({
    queryKey: ['stored-modes', automationId ?? null],
    queryFn: async ({ signal }) => {
      const owner = automationId === undefined ? '/v1' : `/v1/automations/${automationId}`;
      return (await ask<{ modes: StoredModeTexts }>('GET', `${owner}/action-modes`, undefined, signal)).modes;
    },
  });

export type StoredModeTexts = Readonly<Record<string, string>>;

/** Writes one mode, or with `null` takes it back, so that what lies below holds again. */
export async function writeMode(place: ModePlace, mode: Mode | null): Promise<void> {
  const owner = place.automationId === undefined ? '/v1' : `/v1/automations/${place.automationId}`;
  const path = `${owner}/action-modes/${encodeURIComponent(modeKey(place.sourceId, place.actionId))}`;
  await (mode === null ? ask('DELETE', path) : ask('PUT', path, { mode }));
}

/** Whatever shows a mode reads it anew: of one source, where it is named. */
export async function afterModeWrite(client: QueryClient, sourceId?: string): Promise<void> {
  const sources = sourceId === undefined ? ['source-actions'] : ['source-actions', sourceId];
  await Promise.all([
    client.invalidateQueries({ queryKey: ['stored-modes'] }),
    client.invalidateQueries({ queryKey: sources }),
    client.invalidateQueries({ queryKey: ['invocation-action'] }),
  ]);
}
