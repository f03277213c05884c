import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteSecret, secretsQuery } from '../../api/secrets.ts';
import { announce } from '../../ui/announce.tsx';
import { Confirm } from '../../ui/confirm.tsx';

interface DeleteSecretProps {
  /** The secret's key. */
  readonly name: string;
  readonly close: () => void;
}

export function DeleteSecret({ name, close }: DeleteSecretProps) {
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
