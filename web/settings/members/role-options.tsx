import type { Role } from '../../../src/contract/members.ts';

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
