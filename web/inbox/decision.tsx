import { useEffect, useRef, useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { useKeys, useKeysWork } from '../ui/use-keys.ts';
import { AlwaysAllow, AlwaysAllowSteps } from './always-allow.tsx';
import { DenyDialog } from './deny-dialog.tsx';
import { useAlwaysAllow } from './use-always-allow.ts';
import { useDecision } from './use-decision.ts';
import { useParams } from './use-params.ts';

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
  const allowing = useAlwaysAllow(invocation, approving.mutateAsync);
  const waits = invocation.status === 'pending';
  // Nobody says yes to what is not there to be read yet.
  const isRead = useParams(invocation).json !== undefined;
  const busy = approving.isPending || denying.isPending || !isRead;
  const approve = () => {
    keep();
    approving.mutate();
  };
  const openDeny = () => {
    keep();
    setDenying(true);
  };
  const keysWork = useKeysWork();
  useKeys(waits && !busy && keysWork ? { a: approve, d: openDeny } : {});
  // The steps of "always allow" tell of the approval themselves.
  const error = denying.error ?? (allowing.hasBegun ? null : approving.error);
  return (
    <footer className="rounded-b-xl border-t border-line bg-card px-4 py-4 md:px-6 tall:sticky tall:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] md:tall:bottom-0">
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
          <NextButton next={next} />
        )}
        {allowing.hasBegun ? (
          <AlwaysAllowSteps
            invocation={invocation}
            automation={automation}
            allowing={allowing}
            approval={approving.status}
            approvalError={approving.error}
          />
        ) : (
          waits && (
            <AlwaysAllow
              automation={automation}
              disabled={busy}
              start={(automationId) => {
                keep();
                allowing.start(automationId);
              }}
            />
          )
        )}
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

/** Takes the focus over from the button that it stands in place of. */
function NextButton({ next }: { readonly next: (by: 1 | -1) => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Button ref={button} aria-keyshortcuts="j" title="j" onClick={() => next(1)}>
      Next
    </Button>
  );
}
