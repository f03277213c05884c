import type { SourceAction } from '../../src/contract/sources.ts';
import { Badge } from '../ui/badge.tsx';
import { Ago } from '../ui/time.tsx';
import { UserName } from '../ui/user-name.tsx';
import { reviewState } from './review-state.ts';

/** Whether somebody has looked at a tool, who and when, and whether it is still what they saw. */
export function ReviewLine({ action }: { readonly action: SourceAction }) {
  const state = reviewState(action);
  if (state === 'none') return <Badge>Not reviewed</Badge>;
  return (
    <>
      {state === 'changed' && <Badge tone="warn">Changed since the review</Badge>}
      <span>
        {state === 'changed' ? 'reviewed' : 'Reviewed'} <ReviewedBy reviewed={action.reviewed} />
      </span>
      {state === 'reworded' && (
        <span className="text-warn">What it takes is as reviewed; what it says has changed.</span>
      )}
    </>
  );
}

function ReviewedBy({ reviewed }: Pick<SourceAction, 'reviewed'>) {
  // Reviews of before definitions were kept say neither when nor by whom.
  if (reviewed === null) return 'earlier';
  return (
    <>
      <Ago at={reviewed.at} /> by <UserName userId={reviewed.by} />
    </>
  );
}
