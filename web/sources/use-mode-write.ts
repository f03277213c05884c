import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Mode } from '../../src/contract/modes.ts';
import { modeKey } from '../../src/shared/mode-key.ts';
import {
  afterModeWrite,
  type ModePlace,
  type StoredModeTexts,
  storedModesQuery,
  writeMode,
} from '../api/modes.ts';
import { withMode } from './set-mode.ts';

/**
 * Writes the mode of one action. The page shows it at once, takes it back where the gateway refuses, and in the end shows what
 * the gateway has. Two writes of one mode go one after the other, in the order of the person's choices.
 */
export function useModeWrite(place: ModePlace) {
  const client = useQueryClient();
  const { queryKey } = storedModesQuery(place.automationId);
  const key = modeKey(place.sourceId, place.actionId);
  const put = (text: string | null) =>
    client.setQueryData(
      queryKey,
      (stored: StoredModeTexts | undefined) => stored && withMode(stored, key, text),
    );
  return useMutation({
    mutationFn: (mode: Mode | null) => writeMode(place, mode),
    scope: { id: `mode ${place.automationId ?? ''} ${key}` },
    onMutate: async (mode) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      put(mode);
      return { before: before !== undefined && Object.hasOwn(before, key) ? (before[key] ?? null) : null };
    },
    onError: (_error, _mode, context) => context && put(context.before),
    onSettled: () => void afterModeWrite(client, place.sourceId),
  });
}
