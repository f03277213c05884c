import { useState } from 'react';
import type { MeAnswer } from '../../../src/contract/me.ts';
import type { Member } from '../../../src/contract/members.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Row } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';
import { Ago } from '../../ui/time.tsx';
import { visible } from '../../ui/visible.ts';
import { RemoveMember } from './remove-member.tsx';
import { RoleField } from './role-field.tsx';

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
            aria-label={`Remove ${visible(member.email)}`}
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
