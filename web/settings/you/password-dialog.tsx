import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { meQuery } from '../../api/me.ts';
import { setPassword } from '../../api/sign-in.ts';
import { announce } from '../../ui/announce.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
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
      close();
      announce('Your password is set. Your other browsers are signed out.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = passwordFault(password, repeated);
    setFault(found);
    if (found === undefined) setting.mutate();
  };
  return (
    <Dialog
      title={hasPassword ? 'Change the password' : 'Set a password'}
      description="All your other browsers are signed out."
      open
      close={close}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {hasPassword && <PasswordField label="Current password" known value={current} change={setCurrent} />}
        <PasswordField
          label="New password"
          hint={`At least ${leastLength} characters.`}
          error={fault}
          value={password}
          change={setNew}
        />
        <PasswordField label="New password again" value={repeated} change={setRepeated} />
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

interface PasswordFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  /** The password manager has it already. */
  readonly known?: boolean;
  readonly value: string;
  readonly change: (value: string) => void;
}

function PasswordField({ known = false, change, ...field }: PasswordFieldProps) {
  return (
    <TextField
      {...field}
      type="password"
      autoComplete={known ? 'current-password' : 'new-password'}
      required
      onChange={({ target }) => change(target.value)}
    />
  );
}
