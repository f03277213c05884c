import { ErrorNote } from '../../ui/states.tsx';
import type { SwitchEntries } from './use-switch.ts';

interface SwitchFaultProps {
  readonly entry: string;
  readonly entries: SwitchEntries;
}

/** Why an entry could not be switched, beside it. */
export function SwitchFault({ entry, entries: { failed } }: SwitchFaultProps) {
  if (failed?.entry !== entry) return null;
  return (
    <div className="w-full py-1">
      <ErrorNote error={failed.error} />
    </div>
  );
}
