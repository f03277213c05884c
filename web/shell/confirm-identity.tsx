import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type FormEvent, type ReactNode, useState, useSyncExternalStore } from 'react';
import type { MeAnswer } from '../../src/contract/me.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { confirmByPasskey, confirmByPassword } from '../api/confirm-identity.ts';
import { type Confirmation, currentConfirmation, onConfirmation } from '../api/confirmation.ts';
import { confirmBySingleSignOn, useMe } from '../api/me.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SecretField } from '../ui/field.tsx';
import { ErrorNote, Note } from '../ui/states.tsx';

/** Asks who sits here, whenever something takes a person who has shown it lately; what they were about then goes on by itself. */
export function ConfirmIdentity() {
  const confirmation = useSyncExternalStore(onConfirmation, currentConfirmation);
  return confirmation && <ConfirmDialog confirmation={confirmation} />;
}

function ConfirmDialog({ confirmation: { confirm, cancel } }: { readonly confirmation: Confirmation }) {
  const { signIn } = useMe();
  const ways = waysOf(signIn);
  return (
    <Dialog
      title="Confirm that it is you"
      description="This changes who has access. It goes on once you have shown who you are, which counts for ten minutes."
      open
      close={cancel}
    >
      <div className="flex flex-col gap-4">
        {ways.length === 0 && <Note tone="warn">{withoutWays(signIn)}</Note>}
        {ways.map((Way, index) => (
          <Way key={index} confirm={confirm} />
        ))}
        <div className="flex justify-end">
          <Button onClick={cancel}>Cancel</Button>
        </div>
      </div>
    </Dialog>
  );
}

type SignIn = MeAnswer['signIn'];

interface WayProps {
  readonly confirm: () => void;
}

/** By what somebody can show who they are: each way is a row here, and a component that ends in `confirm`. */
function waysOf({ hasPassword, isRecovery, passkeys, oidc }: SignIn) {
  // Who recovers their account has lost what is there, and perhaps to somebody else.
  if (isRecovery) return [];
  return [
    { Way: ByPassword, isThere: hasPassword },
    { Way: ByPasskey, isThere: passkeys.length > 0 && browserSupportsWebAuthn() },
    { Way: BySingleSignOn, isThere: oidc?.isConnected === true },
  ].flatMap(({ Way, isThere }) => (isThere ? [Way] : []));
}

function ByPassword({ confirm }: WayProps) {
  const [password, setPassword] = useState('');
  // What is typed is never a mutation's variable: those are kept.
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => confirmByPassword(password),
    onSuccess: confirm,
    gcTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <SecretField label="Your password" autoComplete="current-password" change={setPassword} />
      {error !== null && <ErrorNote error={error} />}
      <Button look="primary" type="submit" busy={isPending}>
        Confirm
      </Button>
    </form>
  );
}

function ByPasskey({ confirm }: WayProps) {
  const { mutate, isPending, error } = useMutation({ mutationFn: confirmByPasskey, onSuccess: confirm });
  return (
    <>
      {error !== null && <ErrorNote error={error} />}
      <Button busy={isPending} onClick={() => mutate()}>
        <KeyRound aria-hidden className="size-4" /> Confirm with a passkey
      </Button>
    </>
  );
}

/** The page is left for the provider's, so that what waits is not done: the person comes back to where they were, and does it again. */
function BySingleSignOn() {
  const { signIn } = useMe();
  const { mutate, isPending, error } = useMutation({ mutationFn: confirmBySingleSignOn });
  return (
    <>
      {error !== null && <ErrorNote error={error} />}
      <Button busy={isPending} onClick={() => mutate()}>
        Confirm with {visibleName(signIn.oidc?.name ?? 'single sign-on')}, then do it again
      </Button>
    </>
  );
}

/** What somebody does who has nothing to show it by here. */
function withoutWays({ isRecovery, passkeys }: SignIn): ReactNode {
  if (isRecovery)
    return (
      <>
        The link that you came by counted for ten minutes, and they are over. Whoever runs this gateway makes
        another one with <code>assent up --recover</code>.
      </>
    );
  if (passkeys.length > 0)
    return 'You have a passkey, and this browser cannot use it here. Passkeys need https, or localhost, and the gateway’s name.';
  return (
    <>
      You have no password and no passkey yet. Where you use the command line,{' '}
      <code>assent login --link</code> prints a link: sign in with it anew, and it counts for ten minutes. Set
      a password or add a passkey then.
    </>
  );
}
