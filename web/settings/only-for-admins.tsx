import { ShieldUser } from 'lucide-react';
import { useMe } from '../api/me.ts';
import { Empty } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';

/** For a member who has opened an admin's part by its address. */
export function OnlyForAdmins({ part }: { readonly part: string }) {
  const { user, organization } = useMe();
  return (
    <Empty icon={ShieldUser} title={`${part}: this takes an admin`}>
      You are a {user.role} of <Text value={organization.name} />. Ask one of its admins or owners to do it,
      or to make you an admin.
    </Empty>
  );
}
