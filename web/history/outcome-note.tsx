import type { ReactNode } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { hasRedacted, isWithheld, sizeBeforeCut } from '../ui/recorded.ts';
import { Note } from '../ui/states.tsx';
import { FoldedText } from '../ui/text.tsx';
import { cliCommand } from './cli-command.ts';
import { endOf } from './timeline.ts';
import { whyNot } from './why.ts';

/** What somebody should know before they read on, or copy. */
export function OutcomeNote({ invocation }: { readonly invocation: Invocation }) {
  const notes = [outcome(invocation), aboutCommand(invocation)].filter((note) => note !== null);
  if (notes.length === 0) return null;
  return (
    <div className="mb-6 flex flex-col gap-2">
      {notes.map((note, index) => (
        <div key={index}>{note}</div>
      ))}
    </div>
  );
}

function outcome(invocation: Invocation): ReactNode {
  const { status, decidedBy } = invocation;
  const why = whyNot(invocation);
  if (status === 'failed') return failures[endOf(invocation)](why);
  if (status === 'denied')
    return (
      <Note tone="bad">
        <p className="font-medium">
          {decidedBy === null
            ? 'It was not allowed, and not run.'
            : 'A person denied it, and it was not run.'}
        </p>
        {why !== null && why !== '' && <FoldedText value={why} />}
      </Note>
    );
  if (status === 'completed' && isWithheld(invocation.result))
    return (
      <Note tone="warn">
        <p className="font-medium">It was done.</p>
        The source answered, and its answer could not be shown. Look at the source itself for what came of it.
      </Note>
    );
  if (status === 'expired')
    return <Note tone="info">Nobody decided in time, and nothing was done. The agent may ask again.</Note>;
  return null;
}

const failures: Readonly<Record<ReturnType<typeof endOf>, (error: string | null) => ReactNode>> = {
  not_run: () => (
    <Note tone="warn">
      <p className="font-medium">It was not run.</p>
      The gateway stopped before it came to that, and runs nothing again by itself. The agent may ask again.
    </Note>
  ),
  outcome_unknown: () => (
    <Note tone="bad">
      <p className="font-medium">It may have been done.</p>
      The gateway stopped while it ran, and what came of it is not known. Look at the source itself before
      anybody asks for it again.
    </Note>
  ),
  failed: (error) => (
    <Note tone="bad">
      <p className="font-medium">It failed.</p>
      {error === null || error === '' ? 'It said nothing of why.' : <FoldedText value={error} />}
    </Note>
  ),
  // Only what failed is looked up here.
  completed: () => null,
};

function aboutCommand(invocation: Invocation): ReactNode {
  if (cliCommand(invocation) === undefined)
    return (
      <Note tone="warn">
        There is no command to copy: the action's name has characters in it that a terminal would obey or
        hide.
      </Note>
    );
  const { params } = invocation;
  if (!hasRedacted(params) && sizeBeforeCut(params) === undefined) return null;
  return (
    <Note tone="info">
      The CLI command holds the params as they are on record: redacted or shortened. Put in what is missing
      before you run it.
    </Note>
  );
}
