import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { meQuery, setPassword } from '../../api/me.ts';
import { announce } from '../../ui/announce.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SecretField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
import { Section } from '../../ui/page.tsx';
import { leastLength, passwordFault } from './new-password.ts';

export function PasswordSection({ hasPassword }: { readonly hasPassword: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title="Password"
      intro={
        hasPassword
          ? 'You can sign in with your e-mail address and a password.'
          : 'You have none: you sign in by a link, a passkey or single sign-on.'
      }
      actions={<Badge tone={hasPassword ? 'good' : 'plain'}>{hasPassword ? 'Set' : 'Not set'}</Badge>}
    >
      <Button onClick={() => setOpen(true)}>{hasPassword ? 'Change the password' : 'Set a password'}</Button>
      {isOpen && <PasswordDialog hasPassword={hasPassword} close={() => setOpen(false)} />}
    </Section>
  );
}

interface PasswordDialogProps {
  readonly hasPassword: boolean;
  readonly close: () => void;
}

/** Sets the first password, or another one. */
function PasswordDialog({ hasPassword, close }: PasswordDialogProps) {
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
