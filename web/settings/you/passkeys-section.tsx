import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { Passkey } from '../../../src/contract/me.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';
import { visible } from '../../ui/visible.ts';
import { AddPasskey } from './add-passkey.tsx';
import { DeletePasskey } from './delete-passkey.tsx';

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
                  aria-label={`Delete ${visible(nameOf(passkey))}`}
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
