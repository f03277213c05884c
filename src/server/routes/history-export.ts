import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { exportQuery } from '../../contract/history.ts';
import { asUser } from '../../gateway/callers.ts';
import type { ConcurrencyLimit } from '../../gateway/concurrency-limit.ts';
import { GatewayError } from '../../gateway/errors.ts';
import { exportInvocations } from '../../gateway/history/export-invocations.ts';
import { exportLimit } from '../../gateway/history/limits.ts';
import { isoTime } from '../../lib/clock.ts';
import { askAgain, callerOf } from '../access.ts';
import { goneSignal } from '../connections/gone.ts';
import { takenInTime } from '../connections/taken-in-time.ts';
import type { Routes, ServerContext } from '../context.ts';

/** The history as a file, which goes out part by part, no faster than it is taken. */
export const historyExportRoutes: Routes = async (app, context) => {
  const { gateway } = context;
  const limit = exportLimit(gateway.limits);

  app.get(
    '/v1/invocations/export',
    {
      config: { access: 'user' },
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
    },
    async (request, reply) => {
      const caller = asUser(callerOf(request));
      acquireUntilClosed(limit, request, reply);
      const mayStillRead = () => staysIn(context, request, caller.organizationId);
      const parts = await exportInvocations(gateway, caller, request.query, goneSignal(reply), mayStillRead);
      const name = `assent-history-${isoTime(gateway.clock()).slice(0, 10)}.jsonl`;
      // Whoever asks for the headers alone is not to set the whole history in motion.
      const content = request.method === 'HEAD' ? undefined : streamOf(parts, gateway.limits.unreadMs);
      return sendFile(reply, name, content);
    },
  );
};

/** For as long as there is somebody to answer. */
function acquireUntilClosed(limit: ConcurrencyLimit, request: FastifyRequest, { raw }: FastifyReply): void {
  // One that is gone already will not say so again.
  if (raw.destroyed) return;
  const held = limit.acquire(callerOf(request));
  raw.once('close', () => held[Symbol.dispose]());
}

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
  const stream = Readable.from(takenInTime(parts, untakenMs, late));
  return stream;
}
