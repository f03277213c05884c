import { useMe } from '../../api/me.ts';
import { Note } from '../../ui/states.tsx';

/** For who came by a recovery: they do not know what a thief has added meanwhile, so that all of it goes. */
export function RecoveryNote() {
  if (!useMe().signIn.isRecovery) return undefined;
  return (
    <Note tone="warn">
      You came by a recovery link. As soon as you set a password or add a passkey, everything else that gives
      access to this account ends: other passwords, passkeys and connected accounts, other browsers, tokens,
      links, invitations and your agents’ sessions.
    </Note>
  );
}
