import type { RiskSource } from '../../src/contract/connectors.ts';
import type { Status } from '../../src/contract/invocation.ts';
import type { Mode, ModeSource, RiskLevel } from '../../src/contract/modes.ts';
import type { Tone } from './badge.tsx';

interface Word {
  readonly word: string;
  readonly tone: Tone;
}

/** How each status is called and looks. Its keys are all there are. */
export const statuses: Readonly<Record<Status, Word & { readonly isFinal: boolean }>> = {
  pending: { word: 'Waiting', tone: 'warn', isFinal: false },
  approved: { word: 'Approved', tone: 'info', isFinal: false },
  executing: { word: 'Running', tone: 'info', isFinal: false },
  completed: { word: 'Completed', tone: 'good', isFinal: true },
  failed: { word: 'Failed', tone: 'bad', isFinal: true },
  denied: { word: 'Denied', tone: 'bad', isFinal: true },
  expired: { word: 'Expired', tone: 'plain', isFinal: true },
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

/** Where a mode comes from, to be read behind "because". */
export const modeSources: Readonly<Record<ModeSource, string>> = {
  automation_override: 'set for this automation',
  org_default: 'set for the organization',
  inferred_default: 'inferred from its risk',
};

/** Where a risk comes from. */
export const riskSources: Readonly<Record<RiskSource, string>> = {
  override: 'set by an admin',
  review: 'kept from the review',
  destructive_hint: 'the server says it is destructive',
  read_only_hint: 'the server says it only reads',
  connector_default: 'the default of its source',
  fallback: 'its source says nothing of it',
};
