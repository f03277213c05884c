import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { integrationsQuery } from '../api/sources.ts';
import { Section } from '../ui/page.tsx';
import { ErrorNote, Loading } from '../ui/states.tsx';
import { Control } from './control.tsx';
import { type Provider, ProviderDialog } from './provider-dialog.tsx';

/** What is built in and waits for nothing but a token. For admins. */
export function UnconnectedProviders() {
  const asked = useQuery(integrationsQuery);
  if (asked.isPending) return <Loading lines={1} label="Asking which providers there are" />;
  if (asked.data === undefined) return <ErrorNote error={asked.error} retry={() => void asked.refetch()} />;
  const { integrations, providers } = asked.data;
  const left = providers.filter(({ id }) => !integrations.some(({ provider }) => provider === id));
  if (left.length === 0) return null;
  return (
    <Section title="Not connected" intro="Built in; each takes a token of yours.">
      <ul className="flex flex-col divide-y divide-line">
        {left.map((provider) => (
          <Unconnected key={provider.id} provider={provider} />
        ))}
      </ul>
    </Section>
  );
}

function Unconnected({ provider }: { readonly provider: Provider }) {
  const [isOpen, setOpen] = useState(false);
  const { displayName, baseUrl } = provider;
  return (
    <li className="flex items-center justify-between gap-4 py-2 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="font-medium">{displayName}</p>
        <p className="text-sm break-all text-muted">{baseUrl}</p>
      </div>
      <Control verb="Connect" name={displayName} act={() => setOpen(true)} />
      {isOpen && (
        <ProviderDialog provider={provider} baseUrl={null} isSetUp={false} close={() => setOpen(false)} />
      )}
    </li>
  );
}
