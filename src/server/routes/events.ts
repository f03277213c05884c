import type { WebSocket } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { eventsQuery, eventTicketAnswer } from '../../contract/events.ts';
import { id } from '../../contract/fields.ts';
import { GatewayError } from '../../gateway/errors.ts';
import { type EventScope, eventScope } from '../../gateway/events/subscribe.ts';
import { newEventTicket } from '../../gateway/events/tickets.ts';
import { isoTime } from '../../lib/clock.ts';
import { askAgain, callerOf, presentedToken } from '../access.ts';
import type { Routes } from '../context.ts';
import { listenerLimit } from '../events/listener-limit.ts';
import { serveEvents } from '../events/serve-events.ts';

declare module 'fastify' {
  interface FastifyRequest {
    eventScope: EventScope | null;
  }
}

/** Following what happens: over a WebSocket, and a ticket for whoever cannot send a header with one. */
export const eventRoutes: Routes = async (app, context) => {
  const { gateway } = context;
  const limit = listenerLimit(gateway.limits);
  app.decorateRequest('eventScope', null);

  /** Whatever is refused is refused before the upgrade, as on every other route. */
  const letIn = async (request: FastifyRequest, sessionId?: string) => {
    const caller = callerOf(request);
    request.eventScope = await eventScope(gateway, caller, sessionId);
    if (!request.ws) throw needsUpgrade();
    const { socket } = request.raw;
    // One that is gone already will not say so again, and must take no held.
    if (socket.destroyed) return;
    const held = limit.acquire(caller);
    socket.once('close', () => held[Symbol.dispose]());
  };

  const serve = (socket: WebSocket, request: FastifyRequest, after: string | undefined) => {
    const scope = request.eventScope;
    if (scope === null) throw new TypeError('nobody is served who was not let in');
    const mayStillListen = async () => {
      const now = await eventScope(gateway, await askAgain(context, request), scope.sessionId);
      if (now.organizationId !== scope.organizationId)
        throw new GatewayError('forbidden', 'They have gone to another organization.');
    };
    serveEvents(gateway, socket, { scope, after, mayStillListen });
  };

  app.route({
    method: 'GET',
    url: '/v1/sessions/:sessionId/events',
    config: { access: 'reader' },
    // OpenAPI has no words for a WebSocket; `contract/events` says what is spoken.
    schema: { hide: true, params: z.object({ sessionId: id }), querystring: eventsQuery },
    preHandler: (request) => letIn(request, request.params.sessionId),
    handler: () => {
      throw needsUpgrade();
    },
    wsHandler: (socket, request) => serve(socket, request, request.query.after),
  });

  app.route({
    method: 'GET',
    url: '/v1/events',
    config: { access: 'user' },
    schema: { hide: true, querystring: eventsQuery },
    preHandler: (request) => letIn(request),
    handler: () => {
      throw needsUpgrade();
    },
    wsHandler: (socket, request) => serve(socket, request, request.query.after),
  });

  app.post(
    '/v1/events/tickets',
    {
      config: { access: 'reader' },
      schema: {
        tags: ['events'],
        summary: 'A ticket that opens one WebSocket of events, once, within 30 seconds',
        response: { 201: eventTicketAnswer },
      },
    },
    async (request, reply) => {
      const { ticket, expiresAt } = await newEventTicket(gateway, callerOf(request), presentedToken(request));
      return reply.status(201).send({ ticket: ticket.reveal(), expiresAt: isoTime(expiresAt) });
    },
  );
};

function needsUpgrade(): GatewayError {
  return new GatewayError(
    'invalid_request',
    'This is a WebSocket: ask for an upgrade. `GET /v1/invocations` answers over plain HTTP.',
  );
}
