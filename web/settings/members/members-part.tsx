import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { MeAnswer } from '../../../src/contract/me.ts';
import type { Member } from '../../../src/contract/members.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { useMe } from '../../api/me.ts';
import { membersQuery, removeMember } from '../../api/settings.ts';
import { announce } from '../../ui/announce.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';
import { Invitations, InviteDialog } from './invitations.tsx';
import { RoleField } from './role-field.tsx';

/** Who belongs to the organization, and as what. */
export function MembersPart() {
  const [isInviting, setInviting] = useState(false);
  const { user } = useMe();
  const { data, error, refetch } = useQuery(membersQuery);
  return (
    <>
      <Section
        title="Members"
        intro="Owners and admins decide what waits and set everything up. Members open sessions and see what is done."
        actions={
          <Button look="primary" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden className="size-4" /> Invite
          </Button>
        }
      >
        {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
        {error === null && data === undefined && <Loading />}
        {data !== undefined && (
          <Rows label="Members">
            {data.members.map((member) => (
              <MemberRow key={member.id} member={member} me={user} />
            ))}
          </Rows>
        )}
        {user.role !== 'owner' && (
          <p className="mt-4 text-sm text-muted">Only an owner can make, change or remove an owner.</p>
        )}
      </Section>
      {data !== undefined && <Invitations invitations={data.invitations} />}
      {isInviting && <InviteDialog close={() => setInviting(false)} />}
    </>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly me: MeAnswer['user'];
}

export function MemberRow({ member, me }: MemberRowProps) {
  const [isRemoving, setRemoving] = useState(false);
  const isMe = member.userId === me.id;
  const isAboveMe = member.role === 'owner' && me.role !== 'owner';
  return (
    <Row
      title={<Text value={member.name} />}
      badges={isMe && <Badge>you</Badge>}
      actions={
        <>
          <RoleField member={member} mayMakeOwners={me.role === 'owner'} disabled={isAboveMe} />
          <Button
            look="danger"
            disabled={isAboveMe}
            aria-label={`Remove ${visibleName(member.email)}`}
            onClick={() => setRemoving(true)}
          >
            Remove
          </Button>
        </>
      }
    >
      <Text value={member.email} />, since <Ago at={member.createdAt} />
      {isRemoving && <RemoveMember member={member} isMe={isMe} close={() => setRemoving(false)} />}
    </Row>
  );
}

interface RemoveMemberProps {
  readonly member: Member;
  readonly isMe: boolean;
  readonly close: () => void;
}

function RemoveMember({ member, isMe, close }: RemoveMemberProps) {
  const client = useQueryClient();
  const email = visibleName(member.email);
  const removing = useMutation({
    mutationFn: () => removeMember(member.id),
    onSuccess: async () => {
      if (isMe) return window.location.assign('/login');
      await client.invalidateQueries({ queryKey: membersQuery.queryKey });
      announce(`Removed ${email}.`);
    },
  });
  return (
    <Confirm
      title={isMe ? 'Remove yourself?' : `Remove ${email}?`}
      verb="Remove"
      close={close}
      mutation={removing}
    >
      {isMe ? 'Your' : 'Their'} tokens and the sessions that {isMe ? 'you' : 'they'} opened end, and what
      those have waiting is denied. What was done stays in the history.
    </Confirm>
  );
}
