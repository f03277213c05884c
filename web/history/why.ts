import type { Invocation } from '../../src/contract/invocation.ts';
import { deniedByPolicy, modeReasonsOnPage } from '../../src/shared/reasons.ts';
import { endOf } from './timeline.ts';

/** Why it did not come to be done, where its record says so. */
export function whyNot(invocation: Invocation): string | null {
  const { status, error, deniedReason } = invocation;
  if (status === 'failed') return interruptions[endOf(invocation)] ?? error;
  if (status !== 'denied') return null;
  return isPolicysWord(invocation)
    ? `Policy: Deny, ${modeReasonsOnPage[invocation.modeSource]}`
    : deniedReason;
}

const interruptions: Readonly<Partial<Record<ReturnType<typeof endOf>, string>>> = {
  not_run: 'not run: the gateway stopped before',
  outcome_unknown: 'may have been done: the gateway stopped while it ran',
};

/** Policy's usual reason says no more than the mode's source does, which has better words. */
function isPolicysWord({ decidedBy, deniedReason, modeSource }: Invocation): boolean {
  return decidedBy === null && deniedReason === deniedByPolicy(modeSource);
}
