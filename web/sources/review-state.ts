import type { SourceAction } from '../../src/contract/sources.ts';

export type ReviewState = 'reviewed' | 'changed' | 'none';

/** Whether somebody has looked at an action, and whether it is still what they saw. */
export function reviewState({
  drifted,
  reviewedHash,
}: Pick<SourceAction, 'drifted' | 'reviewedHash'>): ReviewState {
  if (drifted) return 'changed';
  return reviewedHash === null ? 'none' : 'reviewed';
}

/** Definitions come from strangers only where a connector does: providers are part of the gateway. */
export function isReviewable(kind: string): boolean {
  return kind === 'connector';
}
