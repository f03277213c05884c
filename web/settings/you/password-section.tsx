import { useState } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { PasswordDialog } from './password-dialog.tsx';

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
