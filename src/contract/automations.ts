import { z } from 'zod';
import { id, name, time } from './fields.ts';

/** A standing job that sessions may belong to, with modes of its own. */
export const automation = z.object({
  id,
  organizationId: id,
  name: z.string(),
  createdBy: z.string(),
  createdAt: time,
});
export type Automation = z.infer<typeof automation>;

export const automationBody = z.strictObject({ name });
export const automationAnswer = z.object({ automation });
export const automationsAnswer = z.object({ automations: z.array(automation) });
