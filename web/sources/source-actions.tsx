import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Source, SourceAction } from '../../src/contract/sources.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { type StoredModeTexts, storedModesQuery } from '../api/modes.ts';
import { sourceOfferQuery } from '../api/sources.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Loading } from '../ui/states.tsx';
import { numberText } from '../ui/words.ts';
import { ActionRow } from './action-row.tsx';
import type { ActionSearch } from './action-search.ts';
import { findActions, type Surroundings } from './find-actions.ts';
import { noRows, withFound } from './found-rows.ts';
import { LeftOut } from './left-out.tsx';
import { LeftoverModes } from './leftover-modes.tsx';

interface SourceActionsProps {
  readonly source: Source;
  readonly automationId?: string | undefined;
  readonly search: ActionSearch;
}

/** What one source offers now: asked of the source, which may take its time, or say why not, and holds up no other. */
export function SourceActions({ source, automationId, search }: SourceActionsProps) {
  const asked = useQuery(sourceOfferQuery(source.id, automationId));
  const stored = useQuery(storedModesQuery(automationId));
  const error = asked.error ?? stored.error;
  const again = () => {
    if (asked.isError) void asked.refetch();
    if (stored.isError) void stored.refetch();
  };
  return (
    <div className="flex flex-col gap-4">
      {error !== null && <ErrorNote error={error} retry={again} />}
      {asked.data !== undefined && stored.data !== undefined ? (
        <>
          <Found
            source={source}
            actions={asked.data.actions}
            stored={stored.data}
            automationId={automationId}
            search={search}
          />
          <LeftOut omitted={asked.data.omitted} />
          <LeftoverModes
            source={source}
            actions={asked.data.actions}
            stored={stored.data}
            automationId={automationId}
          />
        </>
      ) : (
        error === null && (
          <Loading lines={2} label={`Asking ${visibleName(source.displayName)} what it offers`} />
        )
      )}
    </div>
  );
}

const firstRows = 20;
const moreRows = 100;

interface FoundProps extends SourceActionsProps {
  readonly actions: readonly SourceAction[];
  readonly stored: StoredModeTexts;
}

function Found({ source, actions, stored, automationId, search }: FoundProps) {
  const [most, setMost] = useState(firstRows);
  const found = useFound(actions, search, { source, stored });
  const left = found.length - most;
  if (actions.length === 0) return <p className="text-sm text-muted">It answers, and offers nothing.</p>;
  if (found.length === 0)
    return (
      <p className="text-sm text-muted">
        None of its {numberText(actions.length)} actions is what you look for.
      </p>
    );
  return (
    <>
      <ul className="flex flex-col divide-y divide-line">
        {found.slice(0, most).map((action) => (
          <ActionRow
            key={action.id}
            source={source}
            action={action}
            stored={stored}
            automationId={automationId}
          />
        ))}
      </ul>
      {left > 0 && (
        <Button className="self-start" onClick={() => setMost(most + moreRows)}>
          Show {Math.min(left, moreRows)} more of {visibleName(source.displayName)}
        </Button>
      )}
    </>
  );
}

/** In the source's order. */
function useFound(
  actions: readonly SourceAction[],
  search: ActionSearch,
  surroundings: Surroundings,
): readonly SourceAction[] {
  const [before, keep] = useState(noRows);
  const fitting = findActions(actions, search, surroundings).map(({ id }) => id);
  const rows = withFound(before, JSON.stringify(search), fitting);
  if (rows !== before) keep(rows);
  return actions.filter(({ id }) => rows.ids.has(id));
}
