import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { Grant, GrantKind } from '../../../src/contract/ways-in.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { connectSingleSignOn, useMe } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { ErrorNote } from '../../ui/states.tsx';
import { GrantRows } from '../access/grant-rows.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { PasswordDialog } from './password-dialog.tsx';

/** What signs its person in by itself. */
const signsIn: ReadonlySet<GrantKind> = new Set(['password', 'passkey', 'provider_account']);

/** By what somebody signs in: a password, passkeys, their account with the single sign-on. */
export function SignInSection({ all }: { readonly all: readonly Grant[] }) {
  const { signIn } = useMe();
  const [opened, open] = useState<'password' | 'passkey'>();
  const connecting = useMutation({ mutationFn: () => connectSingleSignOn('/settings/you') });
  const grants = all.filter(({ kind }) => signsIn.has(kind));
  const takesCurrent = signIn.hasPassword && !signIn.isRecovery;
  const close = () => open(undefined);
  const changePassword = <Button onClick={() => open('password')}>Change the password</Button>;
  return (
    <Section
      title="How you sign in"
      intro="A password, or a passkey: a fingerprint, a face, a PIN or a security key, which cannot be guessed or phished."
      actions={
        <>
          {!takesCurrent && <Button onClick={() => open('password')}>Set a password</Button>}
          {browserSupportsWebAuthn() && (
            <Button onClick={() => open('passkey')}>
              <KeyRound aria-hidden className="size-4" /> Add a passkey
            </Button>
          )}
          {signIn.oidc?.isConnected === false && (
            <Button busy={connecting.isPending} onClick={() => connecting.mutate()}>
              Connect {visibleName(signIn.oidc.name)}
            </Button>
          )}
        </>
      }
    >
      {connecting.error !== null && (
        <div className="mb-3">
          <ErrorNote error={connecting.error} />
        </div>
      )}
      {!browserSupportsWebAuthn() && (
        <p className="mb-3 text-sm text-muted">
          This browser cannot make passkeys here. They need https, or localhost.
        </p>
      )}
      <GrantRows
        label="How you sign in"
        grants={grants}
        all={all}
        empty="Nothing yet: you came by a link. Set a password or add a passkey, and you need no link the next time."
        actions={takesCurrent ? { password: changePassword } : {}}
      />
      {opened === 'password' && <PasswordDialog close={close} />}
      {opened === 'passkey' && <AddPasskey close={close} />}
    </Section>
  );
}
