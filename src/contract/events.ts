import { z } from 'zod';
import { invocation } from './invocation.ts';

/** What subscribers hear. There is no event for an approval itself: what follows it is `action_completed`. */
export const event = z.object({
  type: z.enum(['action_approval_request', 'action_completed', 'action_approval_result']),
  payload: z.object({ invocation }),
});
export type Event = z.infer<typeof event>;
