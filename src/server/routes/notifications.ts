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
import type { Routes } from '../context.ts';

const tags = ['notifications'];
const config = { access: 'admin' } as const;
const params = z.object({ id });

export const notificationRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/notifications',
    { config, schema: { tags, summary: 'List', response: { 200: notificationsAnswer } } },
    async (request) => ({ notifications: await listNotifications(gateway, asAdmin(callerOf(request))) }),
  );

  app.post(
    '/v1/notifications',
    {
      config,
      schema: {
        tags,
        summary: 'Announce waiting approvals somewhere',
        body: notificationBody,
        response: { 201: notificationCreated },
      },
    },
    async (request, reply) => {
      const { notification, secret } = await addNotification(
        gateway,
        asAdmin(callerOf(request)),
        request.body,
      );
      return reply.status(201).send({ notification, secret: secret?.reveal() ?? null });
    },
  );

  app.delete(
    '/v1/notifications/:id',
    { config, schema: { tags, summary: 'Remove', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await removeNotification(gateway, asAdmin(callerOf(request)), request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/v1/notifications/deliveries',
    {
      config,
      schema: {
        tags,
        summary: 'What became of each announcement',
        querystring: deliveriesQuery,
        response: { 200: deliveriesAnswer },
      },
    },
    async (request) => readDeliveries(gateway, asAdmin(callerOf(request)), request.query),
  );
};
