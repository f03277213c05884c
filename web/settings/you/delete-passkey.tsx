import { useMutation, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '../../api/me.ts';
import { removePasskey } from '../../api/passkeys.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { visible } from '../../ui/visible.ts';

interface DeletePasskeyProps {
  readonly id: string;
  readonly name: string;
  readonly close: () => void;
}

export function DeletePasskey({ id, name, close }: DeletePasskeyProps) {
  const client = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => removePasskey(id),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  return (
    <Confirm title={`Delete ${visible(name)}?`} verb="Delete" close={close} mutation={deleting}>
      It signs nobody in from then on. The device may still offer it; remove it there too.
    </Confirm>
  );
}
