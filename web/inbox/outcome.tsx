import { Link } from '@tanstack/react-router';
import type { Invocation, Status } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { duration } from '../../src/shared/relative-time.ts';
import { JsonView } from '../ui/json-view.tsx';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';

interface OutcomeProps {
  readonly invocation: Invocation;
  readonly decidedBy: InvocationContext['decidedBy'];
}

const words: Readonly<Record<Exclude<Status, 'pending'>, string>> = {
  approved: 'Approved, and about to run',
  executing: 'Approved, and running',
  completed: 'Approved, and done',
  failed: 'Approved, and failed',
  denied: 'Denied',
  expired: 'Expired: nobody decided in time',
};

/** What came of it, and by whom. */
export function Outcome({ invocation, decidedBy }: OutcomeProps) {
  const { status, decidedAt, durationMs, error, deniedReason, result, id } = invocation;
  if (status === 'pending') return null;
  return (
    <section aria-labelledby="outcome">
      <h3 id="outcome" className="mb-2 text-sm font-semibold">
        {words[status]}
      </h3>
      <p className="text-sm text-muted">
        {decidedBy !== null && decidedAt !== null && (
          <>
            By <Text value={decidedBy.name} />, <Ago at={decidedAt} />.{' '}
          </>
        )}
        {durationMs !== null && `It took ${duration(durationMs)}. `}
        <Link to="/history/$id" params={{ id }} className="text-text underline">
          The whole record
        </Link>
      </p>
      {deniedReason !== null && <Said text={deniedReason} />}
      {error !== null && <Said text={error} />}
      {status === 'completed' && (
        <div className="mt-3 rounded-lg border border-line px-3 py-3 md:px-4">
          <JsonView value={result} />
        </div>
      )}
    </section>
  );
}

function Said({ text }: { readonly text: string }) {
  return (
    <p className="mt-2 rounded-lg bg-sunken px-3 py-2 text-sm break-words whitespace-pre-wrap">
      <Text value={text} />
    </p>
  );
}
