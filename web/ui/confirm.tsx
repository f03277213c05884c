import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorNote } from './states.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What will be lost or changed, in a sentence. */
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly verb: string;
  readonly close: () => void;
  /** Where it is done while somebody still looks, the dialog closes. */
  readonly mutation: {
    readonly mutate: (nothing: undefined, then: { readonly onSuccess: () => void }) => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
}

/** Asks once before something is gone. It is there for as long as it is asked, so that the next time it begins anew. */
export function Confirm({ title, children, verb, close, mutation }: ConfirmProps) {
  return (
    <Dialog title={title} open close={close}>
      <div className="text-sm text-muted">{children}</div>
      {mutation.error !== null && (
        <div className="mt-3">
          <ErrorNote error={mutation.error} />
        </div>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button
          look="danger"
          busy={mutation.isPending}
          onClick={() => mutation.mutate(undefined, { onSuccess: close })}
        >
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}
