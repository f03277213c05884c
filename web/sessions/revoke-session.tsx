import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../src/contract/sessions.ts';
import { invocationsKey } from '../api/invocations.ts';
import { revokeSession, sessionsQuery } from '../api/sessions.ts';
import { announce } from '../ui/announce.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { visible } from '../ui/visible.ts';
import { nameOf } from './session-state.ts';

interface RevokeSessionProps {
  readonly session: Session;
  readonly open: boolean;
  readonly close: () => void;
}

export function RevokeSession({ session, open, close }: RevokeSessionProps) {
  const client = useQueryClient();
  const name = visible(nameOf(session));
  const revoking = useMutation({
    mutationFn: () => revokeSession(session.id),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
        client.invalidateQueries({ queryKey: invocationsKey }),
      ]);
      close();
      announce(`Revoked ${name}: its token no longer works.`);
    },
  });
  return (
    <Confirm title={`Revoke ${name}?`} verb="Revoke" open={open} close={close} mutation={revoking}>
      From then on its token is nobody’s, and what it has waiting is denied. What already runs is not stopped.
      This cannot be taken back; a new session can be opened.
    </Confirm>
  );
}
