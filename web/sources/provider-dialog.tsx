import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { IntegrationBody, IntegrationsAnswer } from '../../src/contract/integrations.ts';
import { afterSourceChange, setIntegration } from '../api/sources.ts';
import { announce } from '../ui/announce.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SecretField, TextField } from '../ui/field.tsx';
import { FormEnd } from '../ui/form-end.tsx';
import { tokenHint } from './provider-tokens.ts';

export type Provider = IntegrationsAnswer['providers'][number];

interface ProviderDialogProps {
  readonly provider: Provider;
  /** `null` is the vendor's own. */
  readonly baseUrl: string | null;
  readonly isSetUp: boolean;
  readonly close: () => void;
}

/** Asks for a provider's token. It leaves the page with the request, and with the dialog. */
export function ProviderDialog({ provider, baseUrl, isSetUp, close }: ProviderDialogProps) {
  const { id, displayName } = provider;
  const [token, setToken] = useState('');
  const [url, setUrl] = useState(baseUrl ?? '');
  const saving = useSave(provider, isSetUp, { token: token.trim(), baseUrl: url.trim() || null });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate(undefined, { onSuccess: close });
  };
  return (
    <Dialog
      title={isSetUp ? `Replace the token of ${displayName}` : `Connect ${displayName}`}
      description="The token is kept encrypted, goes to the vendor alone, and is not shown again."
      open
      close={close}
    >
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <SecretField label="Token" hint={tokenHint(id)} change={setToken} />
        <TextField
          label="Base URL"
          hint={`Only for one that you host yourself; otherwise it is ${provider.baseUrl}`}
          type="url"
          placeholder={provider.baseUrl}
          value={url}
          onChange={({ target }) => setUrl(target.value)}
        />
        <FormEnd
          verb={isSetUp ? 'Replace' : 'Connect'}
          busy={saving.isPending}
          error={saving.error}
          cancel={close}
        />
      </form>
    </Dialog>
  );
}

function useSave({ id, displayName }: Provider, isSetUp: boolean, body: IntegrationBody) {
  const client = useQueryClient();
  return useMutation({
    // What is typed is never a mutation's variable: those are kept.
    mutationFn: () => setIntegration(id, body),
    onSuccess: () => {
      announce(isSetUp ? `${displayName} has another token.` : `${displayName} is set up.`);
      return afterSourceChange(client, id);
    },
    gcTime: 0,
  });
}
