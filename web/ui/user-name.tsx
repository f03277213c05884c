import { useQuery } from '@tanstack/react-query';
import { useMe } from '../api/me.ts';
import { membersQuery } from '../api/settings.ts';
import { Text } from './text.tsx';

/** Who somebody is, for "by …". Only admins know the others by name. */
export function UserName({ userId }: { readonly userId: string }) {
  const { user, isAdmin } = useMe();
  const { data } = useQuery({ ...membersQuery, enabled: isAdmin });
  if (userId === user.id) return <>you</>;
  if (!isAdmin) return <>another member</>;
  const member = data?.members.find((one) => one.userId === userId);
  if (member !== undefined) return <Text value={member.name} />;
  return <>{data === undefined ? '…' : 'somebody who is no member any more'}</>;
}
