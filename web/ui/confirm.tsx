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
  readonly open: boolean;
  readonly close: () => void;
  readonly mutation: {
    readonly mutate: () => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
}

/** Asks once before something is gone. */
export function Confirm({ title, children, verb, open, close, mutation }: ConfirmProps) {
  return (
    <Dialog title={title} open={open} close={close}>
      <div className="text-sm text-muted">{children}</div>
      {mutation.error !== null && (
        <div className="mt-3">
          <ErrorNote error={mutation.error} />
        </div>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button look="danger" busy={mutation.isPending} onClick={() => mutation.mutate()}>
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}
