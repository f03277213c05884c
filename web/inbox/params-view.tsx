import { useMemo } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { hiddenIn } from '../../src/shared/shown-json.ts';
import { RawShownJson, ShownJsonView } from '../ui/json-view.tsx';
import { hasRedacted, sizeText } from '../ui/recorded.ts';
import { ErrorNote, Loading, Note } from '../ui/states.tsx';
import { HiddenNote } from './hidden-note.tsx';
import { useParams, useReveal } from './use-params.ts';

interface ParamsViewProps {
  readonly invocation: Invocation;
  readonly isRaw?: boolean;
  readonly about?: Readonly<Record<string, string>>;
}

/** Exactly what would run; where that cannot be shown, how much of it is missing, and what is hidden, where it stands. */
export function ParamsView({ invocation, isRaw = false, about }: ParamsViewProps) {
  const { json: shown, isRecorded, missingOf, error } = useParams(invocation);
  const revealing = useReveal(invocation.id);
  // What has been decided is shown as the record has it, whatever somebody saw before.
  const revealed = invocation.status === 'pending' ? revealing.data?.params : undefined;
  const json = useMemo(() => (revealed === undefined ? shown : [revealed]), [revealed, shown]);
  return (
    <div className="flex flex-col gap-2">
      {error !== null && <ErrorNote error={error} />}
      {missingOf !== undefined && (
        <Note tone="warn">
          The record holds the beginning of {sizeText(missingOf)}. What ran, or would run, is the whole.
        </Note>
      )}
      {isRecorded && shown !== undefined && hasRedacted(invocation.params) && (
        <Note tone="info">
          Where “[redacted]” stands, something runs that looks like a secret, and is not shown.
        </Note>
      )}
      {!isRecorded && shown !== undefined && (
        <HiddenNote hidden={hiddenIn(shown)} isRevealed={revealed !== undefined} revealing={revealing} />
      )}
      {json === undefined ? (
        <Loading lines={2} label="Asking what would run" />
      ) : isRaw ? (
        <RawShownJson json={json} />
      ) : (
        <div className="rounded-lg border border-line px-3 py-3 md:px-4">
          <ShownJsonView json={json} {...(about && { about })} />
        </div>
      )}
    </div>
  );
}
