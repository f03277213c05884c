import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Grant } from '../../../src/contract/ways-in.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { afterWaysIn, type Ended, endWayIn, waysInQuery } from '../../api/ways-in.ts';
import { announce } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/states.tsx';
import { Ago } from '../../ui/time.tsx';
import { counted } from '../../ui/words.ts';
import { descendantsOf, endingWith } from './descent.ts';
import { GrantName, useProvider } from './grant-name.tsx';
import { kindWords, titleOf } from './grant-words.ts';

/** Asks before one of a person's rights ends, and says what ends with it. */
export function EndDialog({ grant, close }: { readonly grant: Grant; readonly close: () => void }) {
  const { verb, done, end } = kindWords[grant.kind];
  const title = visibleName(titleOf(grant, useProvider()));
  return (
    <EndingDialog
      title={`${verb} ${title}?`}
      verb={verb}
      ends={[grant.id]}
      end={(keep) => endWayIn(grant.id, keep)}
      says={(ended) => `${done} ${title}.${andMore(ended.length - 1)}`}
      close={close}
    >
      {end}
    </EndingDialog>
  );
}

function andMore(count: number): string {
  return count > 0 ? ` With it ended ${counted(count, 'thing')} that came from it.` : '';
}

interface EndingDialogProps {
  readonly title: string;
  /** What the button says. */
  readonly verb: string;
  /** Ids of what is to end. */
  readonly ends: readonly string[];
  readonly end: (keep: readonly string[]) => Promise<Ended>;
  /** What is announced afterwards. */
  readonly says: (ended: Ended) => string;
  readonly close: () => void;
  /** What becomes of it. */
  readonly children: ReactNode;
}

/** Says what came from it and ends too, each with a tick that keeps it, and whether this browser is among what ends. */
export function EndingDialog({ title, verb, ends, end, says, close, children }: EndingDialogProps) {
  const client = useQueryClient();
  // As it is now: something may have come from it since the list was read.
  const { data = [], isFetching, error } = useQuery({ ...waysInQuery, refetchOnMount: 'always' });
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set());
  const came = descendantsOf(data, ends);
  const ending = new Set(endingWith(data, ends, keep).map(({ id }) => id));
  const ownId = data.find(({ isCurrent }) => isCurrent)?.id;
  const endsHere = ownId !== undefined && ending.has(ownId);
  const mutation = useMutation({
    mutationFn: () => end(came.flatMap(({ id }) => (keep.has(id) ? [id] : []))),
    onSuccess: async (ended) => {
      if (ended.some(({ id }) => id === ownId)) return window.location.assign('/login');
      await afterWaysIn(client);
      announce(says(ended));
    },
  });
  return (
    <Dialog title={title} reads open close={close}>
      <div className="flex flex-col gap-4">
        <p className="text-sm text-muted">{children}</p>
        {came.length === 0 && !isFetching && <p className="text-sm text-muted">Nothing else ends with it.</p>}
        {came.length > 0 && <CameFromIt came={came} ending={ending} keep={keep} setKeep={setKeep} />}
        {endsHere && (
          <Note tone="warn">This browser is among what ends: you are signed out here at once.</Note>
        )}
        {(mutation.error ?? error) !== null && <ErrorNote error={mutation.error ?? error ?? new Error()} />}
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <Button
            look="danger"
            busy={mutation.isPending || isFetching}
            // Where it is done while somebody still looks, the dialog closes.
            onClick={() => mutation.mutate(undefined, { onSuccess: close })}
          >
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface CameFromItProps {
  readonly came: readonly Grant[];
  readonly ending: ReadonlySet<string>;
  readonly keep: ReadonlySet<string>;
  readonly setKeep: (keep: ReadonlySet<string>) => void;
}

function CameFromIt({ came, ending, keep, setKeep }: CameFromItProps) {
  const turn = (id: string, isKept: boolean) => {
    const next = new Set(keep);
    if (isKept) next.add(id);
    else next.delete(id);
    setKeep(next);
  };
  return (
    <fieldset>
      <legend className="text-sm font-medium">
        What came from it ends with it. Tick what you know and want to keep:
      </legend>
      <ul className="mt-2 flex max-h-72 flex-col divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {came.map((grant) => (
          <li key={grant.id}>
            <label className="flex min-h-10 items-start gap-3 px-3 py-2 text-sm">
              <input
                type="checkbox"
                className="mt-0.5 size-4 shrink-0 accent-accent"
                checked={!ending.has(grant.id)}
                // What came from something kept stays with it.
                disabled={!ending.has(grant.id) && !keep.has(grant.id)}
                onChange={({ target }) => turn(grant.id, target.checked)}
              />
              <span className="min-w-0 break-words [overflow-wrap:anywhere]">
                Keep <GrantName grant={grant} />
                <span className="text-muted">
                  , since <Ago at={grant.createdAt} />
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
