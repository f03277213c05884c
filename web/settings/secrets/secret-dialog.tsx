import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { secretsQuery, setSecret } from '../../api/settings.ts';
import { announce } from '../../ui/announce.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SecretField, TextField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';

interface SecretDialogProps {
  /** The key whose value is replaced; a new one is asked for without it. */
  readonly replaced: string | undefined;
  readonly close: () => void;
}

export function SecretDialog({ replaced, close }: SecretDialogProps) {
  const client = useQueryClient();
  const [key, setKey] = useState(replaced ?? '');
  const [value, setValue] = useState('');
  // What is typed is never a mutation's variable: those are kept.
  const setting = useMutation({
    mutationFn: () => setSecret(key.trim(), value),
    gcTime: 0,
    onSuccess: async (secret) => {
      await client.invalidateQueries({ queryKey: secretsQuery.queryKey });
      announce(`Kept ${secret.key}.`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setting.mutate(undefined, { onSuccess: close });
  };
  return (
    <Dialog title={replaced === undefined ? 'Set a secret' : `Replace ${replaced}`} open close={close}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {replaced === undefined && (
          <TextField
            label="Key"
            hint="What connectors call it by, like DOCS_TOKEN. A key that is kept already gets the new value."
            required
            maxLength={100}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            value={key}
            onChange={({ target }) => setKey(target.value)}
          />
        )}
        <SecretField
          label="Value"
          hint={
            <>
              One line of at least 8 characters. For several lines:{' '}
              <code>assent secrets set KEY &lt; file</code>
            </>
          }
          change={setValue}
        />
        <FormEnd
          verb={replaced === undefined ? 'Set' : 'Replace'}
          busy={setting.isPending}
          error={setting.error}
          cancel={close}
        />
      </form>
    </Dialog>
  );
}
