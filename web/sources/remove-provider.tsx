import { useMutation, useQueryClient } from '@tanstack/react-query';
import { afterSourceChange, removeIntegration } from '../api/sources.ts';
import { announce } from '../ui/announce.tsx';
import { Confirm } from '../ui/confirm.tsx';
import type { Provider } from './provider-dialog.tsx';

interface RemoveProviderProps {
  readonly provider: Provider;
  readonly close: () => void;
}

export function RemoveProvider({ provider: { id, displayName }, close }: RemoveProviderProps) {
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: () => removeIntegration(id),
    onSuccess: () => {
      announce(`${displayName} is removed.`);
      return afterSourceChange(client, id);
    },
  });
  return (
    <Confirm title={`Remove ${displayName}?`} verb="Remove" close={close} mutation={removing}>
      <p>
        Its token is deleted, and its actions are gone for every agent. What was done through it stays in the
        history.
      </p>
    </Confirm>
  );
}
