import { modeKey } from '../../src/shared/mode-key.ts';
import type { StoredModeTexts } from '../api/modes.ts';

export interface LeftoverMode {
  readonly actionId: string;
  /** As it is stored. */
  readonly text: string;
}

/** What is set under a source's name for actions that are not among those it offers. */
export function leftoverModes(
  sourceId: string,
  actions: readonly { readonly id: string }[],
  stored: StoredModeTexts,
): LeftoverMode[] {
  const beginning = modeKey(sourceId, '');
  const offered = new Set(actions.map(({ id }) => modeKey(sourceId, id)));
  return Object.entries(stored)
    .filter(([key]) => key.startsWith(beginning) && !offered.has(key))
    .map(([key, text]) => ({ actionId: key.slice(beginning.length), text }));
}
