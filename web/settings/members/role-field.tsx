import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Member, Role } from '../../../src/contract/members.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { meQuery } from '../../api/me.ts';
import { membersQuery, setRole } from '../../api/settings.ts';
import { announce } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/states.tsx';

interface RoleFieldProps {
  readonly member: Member;
  readonly mayMakeOwners: boolean;
  readonly disabled: boolean;
}

/** A choice, and a button that makes it hold: an arrow key in a list makes nobody an owner. */
export function RoleField({ member, mayMakeOwners, disabled }: RoleFieldProps) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Role>();
  const email = visibleName(member.email);
  const setting = useMutation({
    mutationFn: (role: Role) => setRole(member.id, role),
    onSuccess: async ({ role }) => {
      setChosen(undefined);
      await Promise.all([
        client.invalidateQueries({ queryKey: membersQuery.queryKey }),
        client.invalidateQueries({ queryKey: meQuery.queryKey }),
      ]);
      announce(`${email} is now ${role}.`);
    },
  });
  const choose = (role: Role) => {
    setting.reset();
    setChosen(role === member.role ? undefined : role);
  };
  return (
    <>
      <select
        aria-label={`Role of ${email}`}
        value={chosen ?? member.role}
        disabled={disabled || setting.isPending}
        onChange={({ target }) => choose(roleCalled(target.value))}
        className="min-h-10 rounded-lg border border-line-strong bg-card px-3 py-1.5 disabled:opacity-55"
      >
        <RoleOptions mayMakeOwners={mayMakeOwners || member.role === 'owner'} />
      </select>
      {chosen !== undefined && (
        <Button
          look="primary"
          busy={setting.isPending}
          aria-label={`Make ${email} ${chosen}`}
          onClick={() => setting.mutate(chosen)}
        >
          Make {chosen}
        </Button>
      )}
      {setting.error !== null && (
        <div className="order-last w-full">
          <ErrorNote error={setting.error} />
        </div>
      )}
    </>
  );
}

const roles = ['member', 'admin', 'owner'] as const satisfies readonly Role[];

/** One of the roles by its name. The list offers no other. */
export function roleCalled(name: string): Role {
  return roles.find((role) => role === name) ?? 'member';
}

/** The options of a list of roles; only owners make owners. */
export function RoleOptions({ mayMakeOwners }: { readonly mayMakeOwners: boolean }) {
  return roles.map((role) => (
    <option key={role} value={role} disabled={role === 'owner' && !mayMakeOwners}>
      {role}
    </option>
  ));
}
