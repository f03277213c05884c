import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../src/contract/sessions.ts';
import { invocationsKey } from '../api/invocations.ts';
import { revokeSession, sessionsQuery } from '../api/sessions.ts';
import { announce } from '../ui/announce.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { sessionName } from '../ui/session-name.ts';
import { visible } from '../ui/visible.ts';

interface RevokeSessionProps {
  readonly session: Session;
  readonly close: () => void;
}

export function RevokeSession({ session: { id, name: given }, close }: RevokeSessionProps) {
  const client = useQueryClient();
  const name = visible(sessionName(id, given));
  const revoking = useMutation({
    mutationFn: () => revokeSession(id),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
        client.invalidateQueries({ queryKey: invocationsKey }),
      ]);
      announce(`Revoked ${name}: its token no longer works.`);
    },
  });
  return (
    <Confirm title={`Revoke ${name}?`} verb="Revoke" close={close} mutation={revoking}>
      From then on its token is nobody’s, and what it has waiting is denied. What already runs is not stopped.
      This cannot be taken back; a new session can be opened.
    </Confirm>
  );
}
