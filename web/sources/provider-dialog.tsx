import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IntegrationsAnswer } from '../../src/contract/integrations.ts';
import { afterSourceChange } from '../api/connectors.ts';
import { setIntegration } from '../api/integrations.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { tokenHint } from './provider-tokens.ts';

export type Provider = IntegrationsAnswer['providers'][number];

interface ProviderDialogProps extends ProviderFormProps {
  readonly open: boolean;
}

interface ProviderFormProps {
  readonly provider: Provider;
  /** `null` is the vendor's own. */
  readonly baseUrl: string | null;
  readonly isSetUp: boolean;
  readonly close: () => void;
}

/** Asks for a provider's token. It leaves the page with the request, and with the dialog. */
export function ProviderDialog({ open, ...form }: ProviderDialogProps) {
  const { provider, isSetUp, close } = form;
  const title = isSetUp ? `Replace the token of ${provider.displayName}` : `Connect ${provider.displayName}`;
  return (
    <Dialog
      title={title}
      description="The token is kept encrypted, goes to the vendor alone, and is not shown again."
      open={open}
      close={close}
    >
      <ProviderForm {...form} />
    </Dialog>
  );
}

function ProviderForm({ provider, baseUrl, isSetUp, close }: ProviderFormProps) {
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [url, setUrl] = useState(baseUrl ?? '');
  const saving = useMutation({
    mutationFn: () => setIntegration(provider.id, { token: token.trim(), baseUrl: url.trim() || null }),
    onSuccess: async () => {
      announce(isSetUp ? `${provider.displayName} has another token.` : `${provider.displayName} is set up.`);
      await afterSourceChange(client, provider.id);
      close();
    },
    gcTime: 0,
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <TextField
        label="Token"
        hint={tokenHint(provider.id)}
        type="password"
        autoComplete="off"
        required
        value={token}
        onChange={({ target }) => setToken(target.value)}
      />
      <TextField
        label="Base URL"
        hint={`Only for one that you host yourself; otherwise it is ${provider.baseUrl}`}
        type="url"
        placeholder={provider.baseUrl}
        value={url}
        onChange={({ target }) => setUrl(target.value)}
      />
      {saving.error !== null && <ErrorNote error={saving.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" look="primary" busy={saving.isPending}>
          {isSetUp ? 'Replace' : 'Connect'}
        </Button>
      </div>
    </form>
  );
}
