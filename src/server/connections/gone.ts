import type { FastifyReply } from 'fastify';
import { GatewayError } from '../../gateway/errors.ts';

/** Aborts when there is nobody left to answer. */
export function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const leave = () => gone.abort(new GatewayError('unavailable', 'The client did not wait for its answer.'));
  // A connection that is closed already says so no more.
  if (raw.destroyed) leave();
  else raw.once('close', leave);
  return gone.signal;
}
