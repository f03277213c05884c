import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useMe } from '../../api/me.ts';
import { membersQuery } from '../../api/members.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberRow } from './member-row.tsx';

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
