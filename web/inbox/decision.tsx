import { useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { AlwaysAllow } from './always-allow.tsx';
import { DenyDialog } from './deny-dialog.tsx';
import { useDecision } from './use-decision.ts';

interface DecisionProps {
  readonly invocation: Invocation;
  readonly automation: InvocationContext['automation'];
  readonly next: (by: 1 | -1) => void;
  readonly keep: () => void;
}

/** Approve or deny; and, as a step of its own, never be asked for this action again. */
export function Decision({ invocation, automation, next, keep }: DecisionProps) {
  const [isDenying, setDenying] = useState(false);
  const { approving, denying } = useDecision(invocation);
  const waits = invocation.status === 'pending';
  const busy = approving.isPending || denying.isPending;
  const approve = () => {
    keep();
    approving.mutate();
  };
  const openDeny = () => {
    keep();
    setDenying(true);
  };
  useKeys(waits && !busy ? { a: approve, d: openDeny } : {});
  const error = approving.error ?? denying.error;
  return (
    <footer className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] rounded-b-xl border-t border-line bg-card px-4 py-4 md:bottom-0 md:px-6">
      {error !== null && (
        <div className="mb-3">
          <ErrorNote error={error} />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {waits ? (
          <>
            <Button
              look="primary"
              busy={approving.isPending}
              disabled={busy}
              aria-keyshortcuts="a"
              title="a"
              onClick={approve}
            >
              {approving.isPending ? 'Running…' : 'Approve'}
            </Button>
            <Button look="danger" disabled={busy} aria-keyshortcuts="d" title="d" onClick={openDeny}>
              Deny…
            </Button>
          </>
        ) : (
          <Button aria-keyshortcuts="j" title="j" onClick={() => next(1)}>
            Next
          </Button>
        )}
        <AlwaysAllow invocation={invocation} automation={automation} begin={keep} disabled={busy} />
      </div>
      <DenyDialog
        actionId={invocation.actionId}
        open={isDenying}
        close={() => setDenying(false)}
        deny={(reason) => {
          setDenying(false);
          denying.mutate(reason);
        }}
      />
    </footer>
  );
}
