import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Invited, MembersAnswer, Role } from '../../../src/contract/members.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { useMe } from '../../api/me.ts';
import { invite, membersQuery, removeMember } from '../../api/settings.ts';
import { useShownOnce } from '../../api/use-shown-once.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormEnd } from '../../ui/form-end.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { ShownOnceDialog } from '../../ui/shown-once.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago, Exactly } from '../../ui/time.tsx';
import { RoleOptions, roleCalled } from './role-field.tsx';

type Invitation = MembersAnswer['invitations'][number];

/** Who has a link and has not joined yet. */
export function Invitations({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const [taken, setTaken] = useState<Invitation>();
  return (
    <Section title="Open invitations">
      {invitations.length === 0 ? (
        <p className="text-sm text-muted">There are none.</p>
      ) : (
        <Rows label="Open invitations">
          {invitations.map((invitation) => (
            <Row
              key={invitation.id}
              title={<Text value={invitation.email} />}
              badges={<Badge>{invitation.role}</Badge>}
              actions={
                <Button
                  look="danger"
                  aria-label={`Take back the invitation of ${visibleName(invitation.email)}`}
                  onClick={() => setTaken(invitation)}
                >
                  Take back
                </Button>
              }
            >
              Ends <Ago at={invitation.expiresAt} />
            </Row>
          ))}
        </Rows>
      )}
      {taken && <TakeBack invitation={taken} close={() => setTaken(undefined)} />}
    </Section>
  );
}

interface TakeBackProps {
  readonly invitation: Invitation;
  readonly close: () => void;
}

function TakeBack({ invitation, close }: TakeBackProps) {
  const client = useQueryClient();
  const email = visibleName(invitation.email);
  const taking = useMutation({
    mutationFn: () => removeMember(invitation.id),
    onSuccess: () => client.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
  return (
    <Confirm title={`Take back the invitation of ${email}?`} verb="Take back" close={close} mutation={taking}>
      The link that was made for it lets nobody in from then on.
    </Confirm>
  );
}

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
