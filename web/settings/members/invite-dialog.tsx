import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Invited, Role } from '../../../src/contract/members.ts';
import { useMe } from '../../api/me.ts';
import { invite, membersQuery } from '../../api/members.ts';
import { useShownOnce } from '../../api/use-shown-once.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx';
import { Text } from '../../ui/text.tsx';
import { Exactly } from '../../ui/time.tsx';
import { RoleOptions, roleCalled } from './role-options.tsx';

/** Makes a link with which one person can join. */
export function InviteDialog({ close }: { readonly close: () => void }) {
  const client = useQueryClient();
  const { user } = useMe();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const inviting = useShownOnce(
    () => invite(email.trim(), role),
    () => client.invalidateQueries({ queryKey: membersQuery.queryKey }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    inviting.ask();
  };
  if (inviting.answer !== undefined) return <InvitationLink invited={inviting.answer} close={close} />;
  return (
    <Dialog title="Invite somebody" open close={close}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="E-mail address"
          hint="The gateway sends no mail: it makes a link, which you give them."
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <SelectField
          label="Role"
          hint="Members open sessions; admins and owners also decide what waits."
          value={role}
          onChange={({ target }) => setRole(roleCalled(target.value))}
        >
          <RoleOptions mayMakeOwners={user.role === 'owner'} />
        </SelectField>
        <FormEnd verb="Make a link" busy={inviting.isPending} error={inviting.error} cancel={close} />
      </form>
    </Dialog>
  );
}

interface InvitationLinkProps {
  readonly invited: Invited;
  readonly close: () => void;
}

function InvitationLink({ invited: { invitation, link }, close }: InvitationLinkProps) {
  return (
    <ShownOnceDialog
      title="The invitation is made"
      label="Link"
      value={link}
      copyLabel="Copy the link"
      close={close}
    >
      It is shown this once. Give it to <Text value={invitation.email} />, and to nobody else: whoever opens
      it joins as {invitation.role} under that address. It works once, until{' '}
      <Exactly at={invitation.expiresAt} />.
    </ShownOnceDialog>
  );
}
