import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import { Dialog } from './dialog.tsx';
import { TextArea } from './field.tsx';
import { Done } from './form-end.tsx';

interface ShownOnceProps {
  readonly label: string;
  readonly value: string;
  /** What the button says that copies it. */
  readonly copyLabel: string;
  /** What it is good for, and who should have it. */
  readonly children: ReactNode;
}

/** A secret that no answer holds a second time, to be taken along now. */
export function ShownOnce({ label, value, copyLabel, children }: ShownOnceProps) {
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="w-full">
        <TextArea
          label={label}
          hint={children}
          value={value}
          rows={rowsFor(value)}
          readOnly
          spellCheck={false}
          autoComplete="off"
          className="resize-none bg-sunken font-mono text-[0.87em] break-all"
          onFocus={({ target }) => target.select()}
        />
      </div>
      <CopyButton text={value} label={copyLabel} />
    </div>
  );
}

const charactersInRow = 40;

/** As high as it needs to be on a narrow screen, so that nothing of it is out of sight. */
function rowsFor(value: string): number {
  return value
    .split('\n')
    .reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / charactersInRow)), 0);
}

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
