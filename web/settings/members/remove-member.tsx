import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Member } from '../../../src/contract/members.ts';
import { membersQuery, removeMember } from '../../api/members.ts';
import { announce } from '../../ui/announce.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { visible } from '../../ui/visible.ts';

interface RemoveMemberProps {
  readonly member: Member;
  readonly isMe: boolean;
  readonly close: () => void;
}

export function RemoveMember({ member, isMe, close }: RemoveMemberProps) {
  const client = useQueryClient();
  const email = visible(member.email);
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
