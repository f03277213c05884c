import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { deleteSecret, secretsQuery } from '../../api/settings.ts';
import { announce } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { Ago } from '../../ui/time.tsx';
import { SecretDialog } from './secret-dialog.tsx';

type Asked =
  | { readonly what: 'set'; readonly key?: string }
  | { readonly what: 'delete'; readonly key: string };

/** What connectors show to their servers. */
export function SecretsPart() {
  const [asked, setAsked] = useState<Asked>();
  const { data, error, refetch } = useQuery(secretsQuery);
  const close = () => setAsked(undefined);
  return (
    <Section
      title="Secrets"
      intro="What connectors sign in to their servers with, by its key. Values are kept encrypted, and never shown again."
      actions={
        <Button look="primary" onClick={() => setAsked({ what: 'set' })}>
          <Plus aria-hidden className="size-4" /> Set a secret
        </Button>
      }
    >
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Loading />}
      {data?.length === 0 && <p className="text-sm text-muted">No secrets are kept.</p>}
      {data !== undefined && data.length > 0 && (
        <Rows label="Secrets">
          {data.map(({ key, createdAt, updatedAt }) => (
            <Row
              key={key}
              title={<code>{key}</code>}
              actions={
                <>
                  <Button aria-label={`Replace ${key}`} onClick={() => setAsked({ what: 'set', key })}>
                    Replace
                  </Button>
                  <Button
                    look="danger"
                    aria-label={`Delete ${key}`}
                    onClick={() => setAsked({ what: 'delete', key })}
                  >
                    Delete
                  </Button>
                </>
              }
            >
              Set <Ago at={createdAt} />
              {updatedAt !== createdAt && (
                <>
                  , replaced <Ago at={updatedAt} />
                </>
              )}
            </Row>
          ))}
        </Rows>
      )}
      {asked?.what === 'set' && <SecretDialog replaced={asked.key} close={close} />}
      {asked?.what === 'delete' && <DeleteSecret name={asked.key} close={close} />}
    </Section>
  );
}

interface DeleteSecretProps {
  /** The secret's key. */
  readonly name: string;
  readonly close: () => void;
}

function DeleteSecret({ name, close }: DeleteSecretProps) {
  const client = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => deleteSecret(name),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: secretsQuery.queryKey });
      announce(`Deleted ${name}.`);
    },
  });
  return (
    <Confirm title={`Delete ${name}?`} verb="Delete" close={close} mutation={deleting}>
      Its value is gone for good, and connectors that use it cannot sign in any more.
    </Confirm>
  );
}
