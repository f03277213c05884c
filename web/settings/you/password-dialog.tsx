import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { setPassword, useMe } from '../../api/me.ts';
import { afterWaysIn } from '../../api/ways-in.ts';
import { announce } from '../../ui/announce.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SecretField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
import { leastLength, passwordFault } from './new-password.ts';
import { RecoveryNote } from './recovery-note.tsx';

/** Sets the first password, or another one, which takes the current one; who recovers their account has lost that. */
export function PasswordDialog({ close }: { readonly close: () => void }) {
  const { hasPassword, isRecovery } = useMe().signIn;
  const takesCurrent = hasPassword && !isRecovery;
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [password, setNew] = useState('');
  const [repeated, setRepeated] = useState('');
  const [fault, setFault] = useState<string>();
  // What is typed is never a mutation's variable: those are kept.
  const setting = useMutation({
    mutationFn: () => setPassword({ ...(takesCurrent && { current }), password }),
    gcTime: 0,
    onSuccess: async () => {
      await afterWaysIn(client);
      announce('Your password is set. Your other browsers are signed out.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = passwordFault(password, repeated);
    setFault(found);
    if (found === undefined) setting.mutate(undefined, { onSuccess: close });
  };
  return (
    <Dialog
      title={takesCurrent ? 'Change the password' : 'Set a password'}
      description="All your other browsers are signed out."
      open
      close={close}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <RecoveryNote />
        {takesCurrent && (
          <SecretField label="Current password" autoComplete="current-password" change={setCurrent} />
        )}
        <SecretField
          label="New password"
          hint={`At least ${leastLength} characters.`}
          error={fault}
          autoComplete="new-password"
          change={setNew}
        />
        <SecretField label="New password again" autoComplete="new-password" change={setRepeated} />
        <FormEnd
          verb={takesCurrent ? 'Change' : 'Set'}
          busy={setting.isPending}
          error={setting.error}
          cancel={close}
        />
      </form>
    </Dialog>
  );
}
