import type { Mode, RiskLevel } from '../../src/contract/modes.ts';
import { type Status, statusWords } from '../../src/shared/statuses.ts';
import type { Tone } from './badge.tsx';

interface Word {
  readonly word: string;
  readonly tone: Tone;
}

/** How each status is called and looks. Its keys are all there are. */
export const statuses: Readonly<Record<Status, Word & { readonly isFinal: boolean }>> = {
  pending: { ...statusWords.pending, tone: 'warn' },
  approved: { ...statusWords.approved, tone: 'info' },
  executing: { ...statusWords.executing, tone: 'info' },
  completed: { ...statusWords.completed, tone: 'good' },
  failed: { ...statusWords.failed, tone: 'bad' },
  denied: { ...statusWords.denied, tone: 'bad' },
  expired: { ...statusWords.expired, tone: 'plain' },
};

export const risks: Readonly<Record<RiskLevel, Word>> = {
  read: { word: 'Read', tone: 'plain' },
  write: { word: 'Write', tone: 'warn' },
  danger: { word: 'Danger', tone: 'bad' },
};

export const modes: Readonly<Record<Mode, Word & { readonly sentence: string }>> = {
  allow: { word: 'Allow', tone: 'good', sentence: 'runs at once' },
  require_approval: { word: 'Ask', tone: 'warn', sentence: 'waits for a person' },
  deny: { word: 'Deny', tone: 'bad', sentence: 'is refused' },
};

/** A number as the page writes it: `1,200`. */
export function numberText(count: number): string {
  return count.toLocaleString('en');
}

/** `1 tool`, `2 tools`, `1,200 tools`. */
export function counted(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** What a session goes by: the name that somebody gave it, or the end of its id, in which sessions differ. */
export function sessionName(id: string, name: string | null | undefined): string {
  return name ?? `session ${id.slice(-6)}`;
}

/** `1 character`, `1,200 characters`. */
export function charactersText(count: number): string {
  return count === 1 ? '1 character' : `${numberText(count)} characters`;
}
