import type { FastifyReply } from 'fastify';
import { GatewayError } from '../../gateway/errors.ts';

/** Aborts when the client has closed its connection, so that nobody is left to answer. */
export function disconnectSignal({ raw }: FastifyReply): AbortSignal {
  const disconnect = new AbortController();
  const leave = () =>
    disconnect.abort(new GatewayError('unavailable', 'The client did not wait for its answer.'));
  // A connection that is closed already says so no more.
  if (raw.destroyed) leave();
  else raw.once('close', leave);
  return disconnect.signal;
}
