import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Delivery, NotificationBody, NotificationTarget } from '../../src/contract/notifications.ts';
import { ask } from './fetch.ts';

/** Where waiting approvals are announced: for admins. */
export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: async ({ signal }) =>
    (await ask<{ notifications: NotificationTarget[] }>('GET', '/v1/notifications', undefined, signal))
      .notifications,
});

export interface NotificationAdded {
  readonly notification: NotificationTarget;
  /** What signs a webhook's deliveries; it is in this answer and in no other. */
  readonly secret: string | null;
}

export function addNotification(body: NotificationBody): Promise<NotificationAdded> {
  return ask<NotificationAdded>('POST', '/v1/notifications', body);
}

export function removeNotification(id: string): Promise<unknown> {
  return ask('DELETE', `/v1/notifications/${id}`);
}

interface Deliveries {
  readonly deliveries: Delivery[];
  readonly nextCursor: string | null;
}

/** What became of each announcement, newest first. */
export const deliveriesQuery = infiniteQueryOptions({
  queryKey: ['notification-deliveries'],
  queryFn: ({ pageParam, signal }) => {
    const cursor = pageParam === undefined ? '' : `&cursor=${pageParam}`;
    const path = `/v1/notifications/deliveries?limit=30${cursor}`;
    return ask<Deliveries>('GET', path, undefined, signal);
  },
  // The first page has no cursor; those of the others are the gateway's.
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
});
