import { z } from 'zod';
import { cursor, id, limit, time } from './fields.ts';

/** Where an approval that waits is announced. Deciding stays in the page and on the command line. */
export const notificationTarget = z.object({
  id,
  kind: z.enum(['slack', 'webhook']),
  /** A channel's id, or a URL. */
  target: z.string(),
  createdAt: time,
});
export type NotificationTarget = z.infer<typeof notificationTarget>;

export const notificationBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('slack'),
    target: z.string().regex(/^[A-Z0-9]{6,20}$/, 'a channel is named by its id, like C012AB3CD'),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    target: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .regex(/^[^@#]*$/, 'a webhook URL holds no password and no fragment'),
  }),
]);
export type NotificationBody = z.infer<typeof notificationBody>;

/** The secret that signs a webhook's deliveries is shown once; a Slack channel has none. */
export const notificationCreated = z.object({
  notification: notificationTarget,
  secret: z.string().nullable(),
});
export const notificationsAnswer = z.object({ notifications: z.array(notificationTarget) });

export const deliveryStatus = z.enum(['pending', 'delivered', 'failed', 'obsolete']);

/** One announcement to one place. `obsolete`: it was decided before anybody could be told. */
export const delivery = z.object({
  id,
  notificationId: id,
  invocationId: id,
  status: deliveryStatus,
  attempts: z.number().int(),
  /** Why the last attempt failed. */
  error: z.string().nullable(),
  nextAttemptAt: time.nullable(),
  createdAt: time,
  endedAt: time.nullable(),
});
export type Delivery = z.infer<typeof delivery>;

export const deliveriesQuery = z.object({ limit, cursor: cursor.optional() });
export const deliveriesAnswer = z.object({ deliveries: z.array(delivery), nextCursor: cursor.nullable() });
