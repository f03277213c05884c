import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { countsAnswer, countsQuery, exportQuery, invocationsQuery } from '../../contract/history.ts';
import { invocationsAnswer } from '../../contract/invocation.ts';
import { asUser } from '../../gateway/callers.ts';
import { countInvocations } from '../../gateway/count-invocations.ts';
import { GatewayError } from '../../gateway/errors.ts';
import { exportInvocations } from '../../gateway/export-invocations.ts';
import { readInvocations } from '../../gateway/read-invocations.ts';
import { isoTime } from '../../lib/clock.ts';
import { askAgain, callerOf } from '../access.ts';
import type { Routes } from '../context.ts';
import { takenInTime } from '../taken-in-time.ts';

const tags = ['invocations'];

/** A client that takes nothing of an export for so long is let go, ms. */
const untakenMs = 60_000;

/** The organization's inbox and history: in pages, counted over time, and as a file. */
export const historyRoutes: Routes = async (app, context) => {
  const { gateway } = context;

  app.get(
    '/v1/invocations',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: "The organization's inbox and history, newest first",
        description:
          'What no index knows of is looked for in ten thousand rows at a time: a page can be empty and still have a `nextCursor`.',
        querystring: invocationsQuery,
        response: { 200: invocationsAnswer },
      },
    },
    async (request) => readInvocations(gateway, asUser(callerOf(request)), request.query),
  );

  app.get(
    '/v1/invocations/counts',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'How many invocations there were of each status, over time',
        description:
          'The last 24 hours unless `from` and `to` say otherwise; the newest 200,000 at the most.',
        querystring: countsQuery,
        response: { 200: countsAnswer },
      },
    },
    async (request) => countInvocations(gateway, asUser(callerOf(request)), request.query),
  );

  app.get(
    '/v1/invocations/export',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'The history as a file: an invocation a line, newest first',
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
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const mayStillRead = async () => {
        const { organizationId } = asUser(await askAgain(context, request));
        if (organizationId !== caller.organizationId)
          throw new GatewayError('forbidden', 'They have gone to another organization.');
      };
      const pages = await exportInvocations(gateway, caller, request.query, gone.signal, mayStillRead);
      const name = `assent-history-${isoTime(gateway.clock()).slice(0, 10)}.jsonl`;
      // Whoever asks for the headers alone is not to set the whole history in motion.
      return sendFile(reply, name, request.method === 'HEAD' ? undefined : streamOf(pages));
    },
  );
};

function sendFile(reply: FastifyReply, name: string, content: Readable | undefined): FastifyReply {
  return reply
    .type('application/jsonl; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(content);
}

/** Read no faster than it is taken. What goes wrong on the way ends the connection, so that no part passes for the whole. */
function streamOf(pages: AsyncIterable<string>): Readable {
  const late = () => stream.destroy(new Error(`The client took nothing for ${untakenMs / 1000} s.`));
  const stream = Readable.from(takenInTime(pages, untakenMs, late));
  return stream;
}
