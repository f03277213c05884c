import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { registerPasskey } from '../../api/passkeys.ts';
import { afterWaysIn } from '../../api/ways-in.ts';
import { announce } from '../../ui/announce.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
import { RecoveryNote } from './recovery-note.tsx';

/** Makes a passkey on a device or key that the person chooses. */
export function AddPasskey({ close }: { readonly close: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const adding = useMutation({
    mutationFn: () => registerPasskey(name.trim()),
    onSuccess: async () => {
      await afterWaysIn(client);
      announce('The passkey is added: you can sign in with it.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate(undefined, { onSuccess: close });
  };
  return (
    <Dialog
      title="Add a passkey"
      description="The browser then asks where to keep it: on this device, a phone or a security key."
      open
      close={close}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <RecoveryNote />
        <TextField
          label="Name"
          hint="What you will know it by, like “laptop”."
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <FormEnd verb="Add" busy={adding.isPending} error={adding.error} cancel={close} />
      </form>
    </Dialog>
  );
}
