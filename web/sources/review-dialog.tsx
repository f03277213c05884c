import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectorTool } from '../../src/contract/connectors.ts';
import type { RiskLevel } from '../../src/contract/modes.ts';
import type { Source, SourceAction } from '../../src/contract/sources.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { ApiError } from '../api/refusal.ts';
import { reviewAction, sourceOfferQuery } from '../api/sources.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { type ChosenRisk, RiskChoice } from './risk-choice.tsx';
import { ToolDefinition } from './tool-definition.tsx';

interface ReviewDialogProps {
  readonly source: Source;
  readonly action: SourceAction;
  readonly close: () => void;
}

/**
 * A tool to look at, and to pin. What is shown stays what it was when the dialog opened, and nothing else is pinned; where the
 * tool is another by now in anything of that, the gateway refuses, and the dialog shows what it is now.
 */
export function ReviewDialog({ source, action, close }: ReviewDialogProps) {
  const [looked, setLooked] = useState(action);
  const [risk, setRisk] = useState<ChosenRisk>(action.riskSource === 'override' ? action.riskLevel : 'found');
  const isTool = source.setUpBy?.type === 'connector';
  const review = useReview(source, looked, { again: setLooked, done: close });
  return (
    <Dialog
      title={isTool ? 'Review a tool' : 'Review an action'}
      description={`Look at what its ${isTool ? 'server' : 'source'} says of it, then pin that.`}
      reads
      open
      close={close}
    >
      {isConflict(review.error) && <AtTop error={review.error} />}
      <ToolDefinition source={source} action={looked} />
      <form
        className="mt-4 flex flex-col gap-4 border-t border-line pt-4"
        onSubmit={(event) => {
          event.preventDefault();
          review.mutate(risk === 'found' ? null : risk);
        }}
      >
        <RiskChoice value={risk} choose={setRisk} />
        <p className="text-sm text-muted">
          Once it is pinned, an allowed tool asks again when its server changes the parameters that it takes.
          Other descriptions, defaults or choices alone do not make it ask; but what waits for an approval
          under another description of the tool can only be denied. Its hash is{' '}
          <code>{looked.hash.slice(0, 12)}</code>.
        </p>
        {review.error !== null && !isConflict(review.error) && <ErrorNote error={review.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary" busy={review.isPending}>
            Pin this definition
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Above what there is to look at again, and brought into sight: the button that was pressed is far below. */
function AtTop({ error }: { readonly error: Error }) {
  return (
    <div className="mb-4 scroll-m-5" ref={(note) => note?.scrollIntoView({ block: 'start' })}>
      <ErrorNote error={error} />
    </div>
  );
}

interface Ends {
  readonly again: (action: SourceAction) => void;
  readonly done: () => void;
}

function useReview(source: Source, looked: SourceAction, { again, done }: Ends) {
  const client = useQueryClient();
  const asked = sourceOfferQuery(source.id);
  return useMutation({
    mutationFn: (riskLevel: RiskLevel | null) =>
      reviewAction(source.id, looked.id, { riskLevel, shownHash: looked.shownHash }),
    onSuccess: (tool) => {
      client.setQueryData(
        asked.queryKey,
        (offer) => offer && { ...offer, actions: offer.actions.map((one) => reviewed(one, tool)) },
      );
      void client.invalidateQueries({ queryKey: ['source-actions', source.id] });
      announce(`${visibleName(tool.id)} is reviewed.`);
      done();
    },
    onError: async (error) => {
      if (!isConflict(error)) return;
      await client.refetchQueries({ queryKey: asked.queryKey });
      const now = client.getQueryData(asked.queryKey)?.actions.find(({ id }) => id === looked.id);
      if (now !== undefined) again(now);
    },
  });
}

function reviewed(action: SourceAction, tool: ConnectorTool): SourceAction {
  return action.id === tool.id ? { ...action, ...tool } : action;
}

function isConflict(error: Error | null): error is ApiError {
  return error instanceof ApiError && error.code === 'conflict';
}
