import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { afterSourceChange } from '../api/connectors.ts';
import { removeIntegration } from '../api/integrations.ts';
import { announce } from '../ui/announce.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Control } from './connector-controls.tsx';
import { type Provider, ProviderDialog } from './provider-dialog.tsx';

interface ProviderControlsProps {
  readonly provider: Provider;
  /** `null` is the vendor's own. */
  readonly baseUrl: string | null;
}

/** What can be done with a provider that is set up. */
export function ProviderControls({ provider, baseUrl }: ProviderControlsProps) {
  const [open, setOpen] = useState<'replace' | 'remove'>();
  const close = () => setOpen(undefined);
  const { id, displayName } = provider;
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: () => removeIntegration(id),
    onSuccess: async () => {
      announce(`${displayName} is removed.`);
      await afterSourceChange(client, id);
      close();
    },
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Control verb="Replace token" name={`of ${displayName}`} act={() => setOpen('replace')} />
      <Control verb="Remove" name={displayName} act={() => setOpen('remove')} />
      <ProviderDialog provider={provider} baseUrl={baseUrl} isSetUp open={open === 'replace'} close={close} />
      <Confirm
        title={`Remove ${displayName}?`}
        verb="Remove"
        open={open === 'remove'}
        close={close}
        mutation={removing}
      >
        <p>
          Its token is deleted, and its actions are gone for every agent. What was done through it stays in
          the history.
        </p>
      </Confirm>
    </div>
  );
}
