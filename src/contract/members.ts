import { z } from 'zod';
import { id, time } from './fields.ts';

export const role = z.enum(['owner', 'admin', 'member']);
export type Role = z.infer<typeof role>;

export const member = z.object({
  id,
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  createdAt: time,
});
export type Member = z.infer<typeof member>;

export const membersAnswer = z.object({
  members: z.array(member),
  invitations: z.array(
    z.object({
      id,
      email: z.string(),
      role,
      expiresAt: time,
    }),
  ),
});
export type MembersAnswer = z.infer<typeof membersAnswer>;
export const memberAnswer = z.object({ member });
export const inviteBody = z.strictObject({ email: z.email().max(254), role: role.default('member') });
/** The person who opens `link` joins under the invited address; it is shown this once. */
export const invited = z.object({
  invitation: z.object({ id, email: z.string(), role, expiresAt: time }),
  link: z.string(),
});
export type Invited = z.infer<typeof invited>;
export const roleBody = z.strictObject({ role });
