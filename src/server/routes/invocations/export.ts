import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { exportQuery } from '../../../contract/history.ts';
import { asUser } from '../../../gateway/callers.ts';
import { GatewayError } from '../../../gateway/errors.ts';
import { exportInvocations } from '../../../gateway/history/export-invocations.ts';
import { isoTime } from '../../../lib/clock.ts';
import { askAgain, callerOf } from '../../access.ts';
import { disconnectSignal } from '../../connections/client-disconnect.ts';
import { withReadDeadline } from '../../connections/read-deadline.ts';
import type { ServerContext } from '../../context.ts';
import { type Route, route } from '../../route.ts';

/** The history as a file, which goes out part by part, no faster than it is taken. */
export const historyExportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/invocations/export',
    access: 'user',
    scope: 'read',
    limit: 'exports',
    schema: {
      tags: ['invocations'],
      summary: 'The history as a file: an invocation a line, newest first',
      description: 'Two files at a time for each, eight in all.',
      querystring: exportQuery,
      response: {
        200: {
          description: 'JSON Lines. A file that is not complete ends with the connection.',
          content: { 'application/jsonl': { schema: z.string() } },
        },
      },
    },
    handler: async (context, request, reply) => {
      const caller = asUser(callerOf(request));
      const mayStillRead = () => staysIn(context, request, caller.organizationId);
      const parts = await exportInvocations(
        context.gateway,
        caller,
        request.query,
        disconnectSignal(reply),
        mayStillRead,
      );
      const name = `assent-history-${isoTime(context.gateway.clock()).slice(0, 10)}.jsonl`;
      // A request for the headers alone does not read the whole history.
      const content =
        request.method === 'HEAD' ? undefined : streamOf(parts, context.gateway.limits.unreadMs);
      return sendFile(reply, name, content);
    },
  }),
];

/** Throws where the caller may no longer read what the file began with. */
async function staysIn(
  context: ServerContext,
  request: FastifyRequest,
  organizationId: string,
): Promise<void> {
  const now = asUser(await askAgain(context, request));
  if (now.organizationId === organizationId) return;
  throw new GatewayError(
    'forbidden',
    'You belong to another organization now than when this file began. Ask again for the history of that one.',
  );
}

function sendFile(reply: FastifyReply, name: string, content: Readable | undefined): FastifyReply {
  return reply
    .type('application/jsonl; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(content);
}

/** What goes wrong on the way ends the connection, so that no part passes for the whole. */
function streamOf(parts: AsyncIterable<string>, untakenMs: number): Readable {
  const late = () => stream.destroy(new Error(`The client took nothing for ${untakenMs / 1000} s.`));
  const stream = Readable.from(withReadDeadline(parts, untakenMs, late));
  return stream;
}
