import type { WebSocket } from '@fastify/websocket';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  HTTPMethods,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteGenericInterface,
} from 'fastify';
import type { ResolveFastifyReplyReturnType } from 'fastify/types/type-provider.js';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { type Access, browserOf, callerOf, type PeoplesAccess, type RouteScope } from './access.ts';
import type { RouteContext, RouteLimits } from './context.ts';
import { securityOf } from './openapi.ts';

/** A request whose parts have the types of the route's schema. */
type Request<Schema extends FastifySchema> = FastifyRequest<
  RouteGenericInterface,
  RawServerDefault,
  RawRequestDefaultExpression,
  Schema,
  ZodTypeProvider
>;

/** A reply that takes what the schema has for its status. */
type Reply<Schema extends FastifySchema> = FastifyReply<
  RouteGenericInterface,
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  unknown,
  Schema,
  ZodTypeProvider
>;

/** One endpoint, with everything that is particular to it. */
type RouteOptions<Schema extends FastifySchema> = Use & Endpoint<Schema>;

/** Who may use it, and for what a person's token must have been made that is to do so. */
type Use =
  | { readonly access: PeoplesAccess; readonly scope: RouteScope }
  | { readonly access: Exclude<Access, PeoplesAccess>; readonly scope?: never };

interface Endpoint<Schema extends FastifySchema> {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly schema: Schema;
  /** How many requests run at a time: one counts until its connection or its answer is closed. */
  readonly limit?: keyof RouteLimits;
  /** Runs before the limit counts the request. Throws to refuse it. */
  readonly before?: (context: RouteContext, request: Request<Schema>) => Promise<void>;
  readonly handler: (
    context: RouteContext,
    request: Request<Schema>,
    reply: Reply<Schema>,
  ) => ResolveFastifyReplyReturnType<ZodTypeProvider, Schema, RouteGenericInterface>;
  /** Takes the connection over where the request asks for a WebSocket. */
  readonly webSocket?: (context: RouteContext, socket: WebSocket, request: Request<Schema>) => void;
}

/** An endpoint that the server can register. */
export interface Route {
  readonly register: (app: FastifyInstance, context: RouteContext) => void;
}

/** Declares an endpoint: the types of its handler follow from its schema. */
export function route<const Schema extends FastifySchema>(options: RouteOptions<Schema>): Route {
  const { method, url, access, scope, schema, limit, before, handler, webSocket } = options;
  return {
    register: (app, context) => {
      app.withTypeProvider<ZodTypeProvider>().route<RouteGenericInterface, unknown, Schema>({
        method,
        url,
        schema: { ...schema, security: securityOf(access, scope) },
        config: { access, ...(scope && { scope }) },
        ...((before !== undefined || limit !== undefined || scope === 'browser') && {
          preHandler: async (request: Request<Schema>, reply: Reply<Schema>) => {
            if (scope === 'browser') await browserOf(context, request);
            await before?.(context, request);
            if (limit !== undefined) acquireUntilClosed(context.limits[limit], request, reply.raw);
          },
        }),
        handler: (request, reply) => handler(context, request, reply),
        ...(webSocket && {
          wsHandler: (socket: WebSocket, request: Request<Schema>) => webSocket(context, socket, request),
        }),
      });
    },
  };
}

/** Takes a place for an answer, until the answer has been read or its client is gone. Throws the code of what is full. */
export function acquireUntilClosed(
  limit: RouteLimits[keyof RouteLimits],
  request: Pick<FastifyRequest, 'ws' | 'raw' | 'caller'>,
  answer: FastifyReply['raw'],
): void {
  // A WebSocket has no answer that closes: its connection does.
  const closing = request.ws ? request.raw.socket : answer;
  // What is closed already emits no 'close' again, so nothing would release what it acquires.
  if (closing.destroyed) return;
  const held = limit.acquire(callerOf(request));
  closing.once('close', () => held[Symbol.dispose]());
}
