import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';
import { Done } from './done.tsx';
import { ShownOnce } from './shown-once.tsx';

interface ShownOnceDialogProps {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  /** What the button says that copies it. */
  readonly copyLabel: string;
  readonly close: () => void;
  /** What it is good for, and who should have it. */
  readonly children: ReactNode;
}

/** Something was made whose secret is told this once: it stays until somebody says that they have it. */
export function ShownOnceDialog({ title, close, ...shown }: ShownOnceDialogProps) {
  return (
    <Dialog title={title} open close={close} holds>
      <div className="flex flex-col gap-4">
        <ShownOnce {...shown} />
        <Done close={close} />
      </div>
    </Dialog>
  );
}
