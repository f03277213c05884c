import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MembersAnswer } from '../../../src/contract/members.ts';
import { membersQuery, removeMember } from '../../api/members.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';
import { visible } from '../../ui/visible.ts';

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
                  aria-label={`Take back the invitation of ${visible(invitation.email)}`}
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
  const email = visible(invitation.email);
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
