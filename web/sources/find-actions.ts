import type { SourceAction } from '../../src/contract/sources.ts';
import { modeKey } from '../../src/shared/mode-key.ts';
import type { StoredModeTexts } from '../api/modes.ts';
import type { ActionSearch, Shown } from './action-search.ts';
import { reviewState } from './review-state.ts';

export interface Surroundings {
  readonly source: { readonly id: string; readonly displayName: string; readonly reviewable: boolean };
  /** What is set here, by mode key. */
  readonly stored: StoredModeTexts;
}

/** The actions of one source that a search is for, in the source's order. Every word must be found somewhere. */
export function findActions(
  actions: readonly SourceAction[],
  { text = '', show }: ActionSearch,
  surroundings: Surroundings,
): SourceAction[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const belongs = (action: SourceAction) => show === undefined || tests[show](action, surroundings);
  return actions.filter((action) => belongs(action) && holds(action, surroundings.source.displayName, words));
}

const tests: Readonly<Record<Shown, (action: SourceAction, surroundings: Surroundings) => boolean>> = {
  review: (action, { source }) => source.reviewable && reviewState(action) !== 'reviewed',
  set: (action, { source, stored }) => Object.hasOwn(stored, modeKey(source.id, action.id)),
};

function holds(
  { id, description, riskLevel }: SourceAction,
  sourceName: string,
  words: readonly string[],
): boolean {
  const text = [id, sourceName, riskLevel, description].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
