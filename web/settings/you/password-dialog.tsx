import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { meQuery } from '../../api/me.ts';
import { setPassword } from '../../api/sign-in.ts';
import { announce } from '../../ui/announce.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { leastLength, passwordFault } from './new-password.ts';

interface PasswordDialogProps {
  readonly hasPassword: boolean;
  readonly close: () => void;
}

/** Sets the first password, or another one. */
export function PasswordDialog({ hasPassword, close }: PasswordDialogProps) {
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [password, setNew] = useState('');
  const [repeated, setRepeated] = useState('');
  const [fault, setFault] = useState<string>();
  // What is typed is never a mutation's variable: those are kept.
  const setting = useMutation({
    mutationFn: () => setPassword({ ...(hasPassword && { current }), password }),
    gcTime: 0,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
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
      title={hasPassword ? 'Change the password' : 'Set a password'}
      description="All your other browsers are signed out."
      open
      close={close}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {hasPassword && (
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
          verb={hasPassword ? 'Change' : 'Set'}
          busy={setting.isPending}
          error={setting.error}
          cancel={close}
        />
      </form>
    </Dialog>
  );
}
