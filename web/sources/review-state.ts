import type { SourceAction } from '../../src/contract/sources.ts';
import { changesSinceReview } from '../ui/json-diff.ts';

/** `changed`: it takes other parameters. `reworded`: it takes the same, and other things are said of it or them. */
export type ReviewState = 'reviewed' | 'reworded' | 'changed' | 'none';

/** Whether somebody has looked at an action, and whether it is still what they saw. */
export function reviewState(
  action: Pick<SourceAction, 'drifted' | 'reviewedHash' | 'reviewed' | 'description' | 'params'>,
): ReviewState {
  if (action.drifted) return 'changed';
  if (action.reviewedHash === null) return 'none';
  return (changesSinceReview(action)?.length ?? 0) > 0 ? 'reworded' : 'reviewed';
}
