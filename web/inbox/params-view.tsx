import type { Invocation } from '../../src/contract/invocation.ts';
import { JsonView, RawJson } from '../ui/json-view.tsx';
import { hasRedacted, sizeText } from '../ui/recorded.ts';
import { ErrorNote, Note } from '../ui/states.tsx';
import { useParams } from './use-params.ts';

interface ParamsViewProps {
  readonly invocation: Invocation;
  readonly isRaw?: boolean;
  readonly about?: Readonly<Record<string, string>>;
}

/** Exactly what would run; where that cannot be shown, how much of it is missing. */
export function ParamsView({ invocation, isRaw = false, about }: ParamsViewProps) {
  const { value, missingOf, error } = useParams(invocation);
  return (
    <div className="flex flex-col gap-2">
      {error !== null && <ErrorNote error={error} />}
      {missingOf !== undefined && (
        <Note tone="warn">
          The record holds the beginning of {sizeText(missingOf)}. What ran, or would run, is the whole.
        </Note>
      )}
      {hasRedacted(value) && (
        <Note tone="info">
          Where “[redacted]” stands, something runs that looks like a secret, and is not shown.
        </Note>
      )}
      {isRaw ? (
        <RawJson value={value} />
      ) : (
        <div className="rounded-lg border border-line px-3 py-3 md:px-4">
          <JsonView value={value} {...(about && { about })} />
        </div>
      )}
    </div>
  );
}
