import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { GatewayError } from '../gateway/errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { answerError } from './errors.ts';

type ErrorHandler = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void;

/**
 * Answers an error, and counts it for the session whose token came with the request: also on a route that no session may use,
 * and of a token that has ended. Without that, an agent that tries what it may not would leave no trace.
 */
export function answerAndCount({ refusals, clock }: Gateway): ErrorHandler {
  return (error, request, reply) => {
    const code = answerError(error, request, reply);
    const sessionId = refusedSession(error, request);
    if (sessionId !== undefined) refusals.count(sessionId, code, clock());
  };
}

function refusedSession(error: FastifyError, { presentedSession }: FastifyRequest): string | undefined {
  if (error instanceof GatewayError && error.details.endedSession !== undefined)
    return error.details.endedSession;
  return presentedSession ?? undefined;
}
