import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Token } from '../../../src/contract/tokens.ts';
import { revokeToken, tokensQuery } from '../../api/tokens.ts';
import { announce } from '../../ui/announce.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { visible } from '../../ui/visible.ts';

interface RevokeTokenProps {
  readonly token: Token;
  readonly close: () => void;
}

export function RevokeToken({ token, close }: RevokeTokenProps) {
  const client = useQueryClient();
  const name = visible(token.name);
  const revoking = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      announce(`Revoked ${name}.`);
    },
  });
  return (
    <Confirm title={`Revoke ${name}?`} verb="Revoke" close={close} mutation={revoking}>
      Whatever uses it is refused from then on. This cannot be taken back; a new token can be created.
    </Confirm>
  );
}
