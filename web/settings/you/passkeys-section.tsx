import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Passkey } from '../../../src/contract/me.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { meQuery } from '../../api/me.ts';
import { registerPasskey, removePasskey } from '../../api/passkeys.ts';
import { announce } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';

export function PasskeysSection({ passkeys }: { readonly passkeys: readonly Passkey[] }) {
  const [isAdding, setAdding] = useState(false);
  const [deleted, setDeleted] = useState<Passkey>();
  return (
    <Section
      title="Passkeys"
      intro="Sign in with a fingerprint, a face, a PIN or a security key; nothing that can be guessed or phished."
      actions={
        browserSupportsWebAuthn() && (
          <Button onClick={() => setAdding(true)}>
            <KeyRound aria-hidden className="size-4" /> Add a passkey
          </Button>
        )
      }
    >
      {!browserSupportsWebAuthn() && (
        <p className="mb-3 text-sm text-muted">
          This browser cannot make passkeys here. They need https, or localhost.
        </p>
      )}
      {passkeys.length === 0 ? (
        <p className="text-sm text-muted">You have none.</p>
      ) : (
        <Rows label="Passkeys">
          {passkeys.map((passkey) => (
            <Row
              key={passkey.id}
              title={<Text value={nameOf(passkey)} />}
              actions={
                <Button
                  look="danger"
                  aria-label={`Delete ${visibleName(nameOf(passkey))}`}
                  onClick={() => setDeleted(passkey)}
                >
                  Delete
                </Button>
              }
            >
              {passkey.createdAt !== null && (
                <>
                  Added <Ago at={passkey.createdAt} />
                </>
              )}
            </Row>
          ))}
        </Rows>
      )}
      {isAdding && <AddPasskey close={() => setAdding(false)} />}
      {deleted && (
        <DeletePasskey id={deleted.id} name={nameOf(deleted)} close={() => setDeleted(undefined)} />
      )}
    </Section>
  );
}

function nameOf({ name }: Passkey): string {
  return name ?? 'a passkey without a name';
}

function AddPasskey({ close }: { readonly close: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const adding = useMutation({
    mutationFn: () => registerPasskey(name.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
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

interface DeletePasskeyProps {
  readonly id: string;
  readonly name: string;
  readonly close: () => void;
}

function DeletePasskey({ id, name, close }: DeletePasskeyProps) {
  const client = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => removePasskey(id),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  return (
    <Confirm title={`Delete ${visibleName(name)}?`} verb="Delete" close={close} mutation={deleting}>
      It signs nobody in from then on. The device may still offer it; remove it there too.
    </Confirm>
  );
}
