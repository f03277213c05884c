import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { preferencesQuery, switchEntry } from '../../api/settings.ts';
import { ErrorNote } from '../../ui/states.tsx';

interface Wanted {
  readonly entry: string;
  readonly isOff: boolean;
}

export interface SwitchEntries {
  readonly set: (entry: string, isOff: boolean) => void;
  /** What is being written, and does not stand in the list yet; in the order in which it was asked for. */
  readonly pending: readonly Wanted[];
  /** What the last one was refused with. */
  readonly failed: { readonly entry: string; readonly error: Error } | undefined;
}

const mutationKey = ['preferences'] as const;

/** Switches entries, one write after the other: each replaces the whole list. */
export function useSwitch(): SwitchEntries {
  const client = useQueryClient();
  const { mutate, error, variables } = useMutation({
    mutationKey,
    scope: { id: 'preferences' },
    mutationFn: ({ entry, isOff }: Wanted) => switchEntry(entry, isOff),
    onSuccess: (disabled) => client.setQueryData(preferencesQuery.queryKey, disabled),
    onError: () => client.invalidateQueries({ queryKey: preferencesQuery.queryKey }),
  });
  const pending = useMutationState({
    filters: { mutationKey, status: 'pending' },
    // Under this key there is only the mutation above.
    select: ({ state }) => state.variables as Wanted,
  });
  return {
    set: (entry, isOff) => mutate({ entry, isOff }),
    pending,
    failed: error === null || variables === undefined ? undefined : { entry: variables.entry, error },
  };
}

/** Whether an entry is off, as it is or is about to be. */
export function isEntryOff(entry: string, isOff: boolean, { pending }: SwitchEntries): boolean {
  return pending.findLast((one) => one.entry === entry)?.isOff ?? isOff;
}

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
