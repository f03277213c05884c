import { type ReactNode, useState } from 'react';
import type { Source, SourceAction } from '../../src/contract/sources.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { riskReasonsOnPage } from '../../src/shared/reasons.ts';
import { useMe } from '../api/me.ts';
import type { StoredModeTexts } from '../api/modes.ts';
import { Button } from '../ui/button.tsx';
import { DefinitionDiff } from '../ui/definition-diff.tsx';
import { Fold } from '../ui/fold.tsx';
import { RawJson } from '../ui/json-view.tsx';
import { RiskBadge } from '../ui/status-badges.tsx';
import { Text } from '../ui/text.tsx';
import { ActionMode } from './action-mode.tsx';
import { firstLine } from './first-line.ts';
import { ReviewDialog } from './review-dialog.tsx';
import { ReviewLine } from './review-line.tsx';
import { reviewState } from './review-state.ts';

interface ActionRowProps {
  readonly source: Source;
  readonly action: SourceAction;
  readonly stored: StoredModeTexts;
  /** Whose mode is set: the organization's where no automation is named. */
  readonly automationId?: string | undefined;
}

/** One action of a source: what it says of itself, how dangerous it is and why, and what happens when an agent asks for it. */
export function ActionRow({ source, action, stored, automationId }: ActionRowProps) {
  return (
    <li className="flex flex-col gap-x-6 gap-y-2 py-3 first:pt-0 last:pb-0 lg:flex-row lg:justify-between">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className="min-w-0 font-mono text-[0.93em] font-medium break-all">
            <Text value={action.id} />
          </h3>
          <RiskBadge risk={action.riskLevel} />
          <span className="text-xs text-muted">{riskReasonsOnPage[action.riskSource]}</span>
        </div>
        <p className="mt-0.5 max-w-prose text-sm break-words text-muted">
          {action.description === '' ? (
            'It says nothing of itself.'
          ) : (
            <Text value={firstLine(action.description)} />
          )}
        </p>
        <div className="mt-1 flex flex-wrap items-center gap-x-3 text-xs text-muted">
          {source.reviewable && (
            <Reviewed source={source} action={action} isHere={automationId === undefined} />
          )}
          <Details action={action} />
        </div>
      </div>
      <ActionMode source={source} action={action} stored={stored} automationId={automationId} />
    </li>
  );
}

interface ReviewedProps {
  readonly source: Source;
  readonly action: SourceAction;
  /** A review holds for the organization, so that it is not among an automation's things. */
  readonly isHere: boolean;
}

function Reviewed({ source, action, isHere }: ReviewedProps) {
  const { isAdmin } = useMe();
  const [isOpen, setOpen] = useState(false);
  const state = reviewState(action);
  const hasChanged = state === 'changed' || state === 'reworded';
  return (
    <>
      <ReviewLine action={action} />
      {isAdmin && isHere && (
        <Button
          size="small"
          look={hasChanged ? 'secondary' : 'quiet'}
          className={hasChanged ? undefined : '-mx-2.5'}
          aria-label={`Review ${visibleName(action.id)}`}
          onClick={() => setOpen(true)}
        >
          Review
        </Button>
      )}
      {hasChanged && (
        <Fold summary={<Named text="What has changed" of={action.id} />}>
          <DefinitionDiff action={action} />
        </Fold>
      )}
      {isOpen && <ReviewDialog source={source} action={action} close={() => setOpen(false)} />}
    </>
  );
}

/** In full what the row has the beginning of, and its parameters. */
function Details({ action }: { readonly action: SourceAction }) {
  return (
    <Fold summary={<Named text="Details" of={action.id} />}>
      <div className="flex flex-col gap-2">
        {firstLine(action.description) !== action.description && (
          <p className="max-w-prose break-words whitespace-pre-wrap">
            <Text value={action.description} />
          </p>
        )}
        <p className="text-muted">Parameters, as a JSON Schema:</p>
        <RawJson value={action.params} />
      </div>
    </Fold>
  );
}

function Named({ text, of }: { readonly text: string; readonly of: string }): ReactNode {
  return (
    <span>
      {text}
      <span className="sr-only"> of {visibleName(of)}</span>
    </span>
  );
}
