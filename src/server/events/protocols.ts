import type { FastifyRequest } from 'fastify';
import { ticketProtocolPrefix } from '../../shared/event-protocol.ts';

/** The ticket among the subprotocols that an upgrade offers: the one thing that a browser lets a page send with it. */
export function ticketOf(request: FastifyRequest): string | undefined {
  if (!request.ws) return undefined;
  const offered = request.headers['sec-websocket-protocol']?.split(',').map((one) => one.trim()) ?? [];
  return offered.find((one) => one.startsWith(ticketProtocolPrefix))?.slice(ticketProtocolPrefix.length);
}
