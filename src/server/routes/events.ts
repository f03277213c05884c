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
import type { RouteContext } from '../context.ts';
import { serveEvents } from '../events/serve-events.ts';
import { type Route, route } from '../route.ts';

/** What the caller of an upgrade may follow, found before the upgrade. */
const scopes = new WeakMap<FastifyRequest['raw'], EventScope>();

/** Following what happens: over a WebSocket, and a ticket for clients that cannot send a header with one. */
export const eventRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/sessions/:sessionId/events',
    access: 'reader',
    scope: 'read',
    limit: 'listeners',
    // OpenAPI cannot describe a WebSocket; `contract/events` has its messages.
    schema: { hide: true, params: z.object({ sessionId: id }), querystring: eventsQuery },
    before: (context, request) =>
      checkUpgrade(context, request.raw, callerOf(request), request.ws, request.params.sessionId),
    handler: refuseWithoutUpgrade,
    webSocket: (context, socket, request) => serve(context, socket, request, request.query.after),
  }),

  route({
    method: 'GET',
    url: '/v1/events',
    access: 'user',
    scope: 'read',
    limit: 'listeners',
    schema: { hide: true, querystring: eventsQuery },
    before: (context, request) => checkUpgrade(context, request.raw, callerOf(request), request.ws),
    handler: refuseWithoutUpgrade,
    webSocket: (context, socket, request) => serve(context, socket, request, request.query.after),
  }),

  route({
    method: 'POST',
    url: '/v1/events/tickets',
    access: 'reader',
    scope: 'read',
    schema: {
      tags: ['events'],
      summary: 'A ticket that opens one WebSocket of events, once, within 30 seconds',
      response: { 201: eventTicketAnswer },
    },
    handler: async ({ gateway }, request, reply) => {
      const { ticket, expiresAt } = await newEventTicket(gateway, callerOf(request), presentedToken(request));
      return reply.status(201).send({ ticket: ticket.reveal(), expiresAt: isoTime(expiresAt) });
    },
  }),
];

/** Refusals come before the upgrade, as ordinary answers. */
async function checkUpgrade(
  { gateway }: RouteContext,
  raw: FastifyRequest['raw'],
  caller: ReturnType<typeof callerOf>,
  isUpgrade: boolean,
  sessionId?: string,
): Promise<void> {
  scopes.set(raw, await eventScope(gateway, caller, sessionId));
  if (!isUpgrade) throw needsUpgrade();
}

function refuseWithoutUpgrade(): never {
  throw needsUpgrade();
}

function serve(
  context: RouteContext,
  socket: WebSocket,
  request: FastifyRequest,
  after: string | undefined,
): void {
  const { gateway } = context;
  const scope = scopes.get(request.raw);
  if (scope === undefined) throw new TypeError('a connection is served only after it was checked');
  const mayStillListen = async () => {
    const now = await eventScope(gateway, await askAgain(context, request), scope.sessionId);
    if (now.organizationId !== scope.organizationId)
      throw new GatewayError('forbidden', 'They have gone to another organization.');
  };
  serveEvents(gateway, socket, { scope, after, mayStillListen });
}

function needsUpgrade(): GatewayError {
  return new GatewayError(
    'invalid_request',
    'This is a WebSocket: ask for an upgrade. `GET /v1/invocations` answers over plain HTTP.',
  );
}
