import type { Mode } from '../../src/contract/modes.ts';
import type { SourceAction } from '../../src/contract/sources.ts';
import { modeKey } from '../../src/shared/mode-key.ts';
import { modeReasonsOnPage } from '../../src/shared/reasons.ts';
import type { StoredModeTexts } from '../api/modes.ts';
import { modes } from '../ui/words.ts';

export interface SetMode {
  /** As the switch shows it: what is set here, and nothing else. */
  readonly value: Mode | 'unknown' | null;
  /** As it is stored. */
  readonly text: string | null;
}

/** What somebody has set for an action, whatever came of it. */
export function setMode(stored: StoredModeTexts, sourceId: string, actionId: string): SetMode {
  const key = modeKey(sourceId, actionId);
  const text = Object.hasOwn(stored, key) ? (stored[key] ?? null) : null;
  if (text === null) return { value: null, text };
  return { value: isMode(text) ? text : 'unknown', text };
}

/** The same map with one mode set, or taken back. */
export function withMode(stored: StoredModeTexts, key: string, text: string | null): StoredModeTexts {
  const { [key]: _, ...others } = stored;
  return text === null ? others : { ...others, [key]: text };
}

/** What a reader of the switch should know beside it, in sentences. */
export function modeNotes(
  action: Pick<SourceAction, 'drifted' | 'inherited'>,
  { value, text }: SetMode,
  isAutomation: boolean,
): string[] {
  const { inherited } = action;
  const below = `${modes[inherited.mode].word}, ${modeReasonsOnPage[inherited.modeSource]}`;
  const notes = [];
  if (value === 'unknown') notes.push(`Denied: “${text}” is stored here, which is no mode.`);
  if (value === null) notes.push(sentence(modeReasonsOnPage[inherited.modeSource]));
  else if (isAutomation) notes.push(`Overrides ${below}.`);
  if (action.drifted && value === 'allow')
    notes.push('Asks although Allow is set, because the tool has changed since its review.');
  if (action.drifted && value === null && inherited.mode === 'require_approval')
    notes.push('Not allowed by itself: the tool has changed since its review.');
  return notes;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function isMode(text: string): text is Mode {
  return Object.hasOwn(modes, text);
}
