import { useState } from 'react';
import { Control } from './control.tsx';
import { type Provider, ProviderDialog } from './provider-dialog.tsx';
import { RemoveProvider } from './remove-provider.tsx';

interface ProviderControlsProps {
  readonly provider: Provider;
  /** `null` is the vendor's own. */
  readonly baseUrl: string | null;
}

/** What can be done with a provider that is set up. */
export function ProviderControls({ provider, baseUrl }: ProviderControlsProps) {
  const [open, setOpen] = useState<'replace' | 'remove'>();
  const close = () => setOpen(undefined);
  const { displayName } = provider;
  return (
    <div className="flex flex-wrap gap-2">
      <Control verb="Replace token" name={`of ${displayName}`} act={() => setOpen('replace')} />
      <Control verb="Remove" name={displayName} isFinal act={() => setOpen('remove')} />
      {open === 'replace' && <ProviderDialog provider={provider} baseUrl={baseUrl} isSetUp close={close} />}
      {open === 'remove' && <RemoveProvider provider={provider} close={close} />}
    </div>
  );
}
