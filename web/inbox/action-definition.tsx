import { useQuery } from '@tanstack/react-query';
import type { InvocationAction } from '../../src/contract/invocation-context.ts';
import type { SourceAction } from '../../src/contract/sources.ts';
import { riskReasonsOnPage } from '../../src/shared/reasons.ts';
import { actionQuery } from '../api/invocations.ts';
import { DefinitionDiff } from '../ui/definition-diff.tsx';
import { changesSinceReview } from '../ui/json-diff.ts';
import { ErrorNote, Note } from '../ui/states.tsx';
import { FoldedText } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';
import { risks } from '../ui/words.ts';

/** What the action says of itself, whether somebody has looked at it, and whether it is still what they saw. */
export function ActionDefinition({ id }: { readonly id: string }) {
  const asked = useQuery(actionQuery(id));
  return (
    <section aria-labelledby="definition">
      <h3 id="definition" className="mb-2 text-sm font-semibold">
        What the action says of itself
      </h3>
      {asked.isPending && <p className="text-sm text-muted">Asking its source…</p>}
      {asked.error !== null && asked.data === undefined && (
        <ErrorNote error={asked.error} retry={() => void asked.refetch()} />
      )}
      {asked.data !== undefined && <Definition {...asked.data} />}
    </section>
  );
}

function Definition({ action, isSame }: InvocationAction) {
  return (
    <div className="flex flex-col gap-3">
      {!isSame && (
        <Note tone="bad">
          The action is no longer what the agent asked for: its definition or its source has changed. An
          approval would be refused. Deny this; the agent may ask again.
        </Note>
      )}
      {action === null ? (
        <p className="text-sm text-muted">Its source offers it no longer.</p>
      ) : (
        <>
          <div className="text-sm">
            {action.description === '' ? (
              <p className="text-muted">It says nothing.</p>
            ) : (
              <FoldedText value={action.description} />
            )}
          </div>
          <ReviewState action={action} />
        </>
      )}
    </div>
  );
}

function ReviewState({ action }: { readonly action: SourceAction }) {
  const { riskLevel, riskSource, reviewed, reviewedHash, drifted } = action;
  const hasChanged = (changesSinceReview(action) ?? []).length > 0;
  return (
    <>
      <p className="text-sm text-muted">
        Risk {risks[riskLevel].word}: {riskReasonsOnPage[riskSource]}.{' '}
        {reviewedHash === null && 'Nobody has reviewed this action.'}
        {reviewedHash !== null && !drifted && !hasChanged && (
          <>
            Reviewed
            {reviewed !== null && (
              <>
                {' '}
                <Ago at={reviewed.at} />
              </>
            )}
            , and unchanged since.
          </>
        )}
      </p>
      {drifted && (
        <Note tone="warn">
          It has changed since somebody reviewed it, so that it waits even where it was allowed.
        </Note>
      )}
      {!drifted && hasChanged && (
        <Note tone="warn">What it takes is as it was reviewed; what it says of itself has changed.</Note>
      )}
      {(drifted || hasChanged) && <DefinitionDiff action={action} />}
    </>
  );
}
