import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import {
  deliveriesAnswer,
  deliveriesQuery,
  notificationBody,
  notificationCreated,
  notificationsAnswer,
} from '../../contract/notifications.ts';
import { asAdmin } from '../../gateway/callers.ts';
import {
  addNotification,
  listNotifications,
  readDeliveries,
  removeNotification,
} from '../../gateway/notifications/targets.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['notifications'];
const params = z.object({ id });

export const notificationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/notifications',
    access: 'admin',
    scope: 'read',
    schema: { tags, summary: 'List', response: { 200: notificationsAnswer } },
    handler: async ({ gateway }, request) => ({
      notifications: await listNotifications(gateway, asAdmin(callerOf(request))),
    }),
  }),

  route({
    method: 'POST',
    url: '/v1/notifications',
    access: 'admin',
    scope: 'configure',
    schema: {
      tags,
      summary: 'Announce waiting approvals somewhere',
      body: notificationBody,
      response: { 201: notificationCreated },
    },
    handler: async ({ gateway }, request, reply) => {
      const { notification, secret } = await addNotification(
        gateway,
        asAdmin(callerOf(request)),
        request.body,
      );
      return reply.status(201).send({ notification, secret: secret?.reveal() ?? null });
    },
  }),

  route({
    method: 'DELETE',
    url: '/v1/notifications/:id',
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: 'Remove', params, response: { 204: z.null() } },
    handler: async ({ gateway }, request, reply) => {
      await removeNotification(gateway, asAdmin(callerOf(request)), request.params.id);
      return reply.status(204).send(null);
    },
  }),

  route({
    method: 'GET',
    url: '/v1/notifications/deliveries',
    access: 'admin',
    scope: 'read',
    schema: {
      tags,
      summary: 'What became of each announcement',
      querystring: deliveriesQuery,
      response: { 200: deliveriesAnswer },
    },
    handler: async ({ gateway }, request) =>
      readDeliveries(gateway, asAdmin(callerOf(request)), request.query),
  }),
];
