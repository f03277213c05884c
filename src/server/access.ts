import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate, callerOfMember, unauthenticated } from '../gateway/authenticate.ts';
import { asAdmin, asSession, asUser, type Caller } from '../gateway/callers.ts';
import { GatewayError } from '../gateway/errors.ts';
import type { ServerContext } from './context.ts';
import { webHeaders } from './web-request.ts';

/** Who may use a route: `reader` is a session or a user, `public` asks nobody. */
export type Access = 'public' | 'reader' | 'session' | 'user' | 'admin';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

const checks: Readonly<Record<Exclude<Access, 'public'>, (caller: Caller) => Caller>> = {
  reader: (caller) => caller,
  session: asSession,
  user: asUser,
  admin: asAdmin,
};

/** Asks who is there before a byte of the body is read. A route that does not say who may use it stops the start. */
export function guardRoutes(app: FastifyInstance, context: ServerContext): void {
  app.decorateRequest('caller', null);
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined)
      throw new TypeError(`${String(route.method)} ${route.url} does not say who may use it`);
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access ?? 'public';
    if (access === 'public') return;
    request.caller = checks[access](await callerOfRequest(context, request));
  });
}

/** The caller of a route that is not public. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new TypeError('a public route has no caller');
  return request.caller;
}

export async function callerOfRequest(context: ServerContext, request: FastifyRequest): Promise<Caller> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return authenticate(context.gateway, bearerToken(authorization));
  const userId = await signedInUser(context, request);
  if (userId === undefined) {
    throw unauthenticated(
      'Send a token as "Authorization: Bearer …". `assent login` gets one for people, `assent sessions create` one for agents.',
    );
  }
  return callerOfMember(context.gateway, userId);
}

/** The user of the browser's cookie; what changes something must come from our own pages. Throws `forbidden` otherwise. */
export async function signedInUser(
  context: ServerContext,
  request: FastifyRequest,
): Promise<string | undefined> {
  if (request.headers.cookie === undefined) return undefined;
  refuseForeignOrigin(context, request);
  return context.auth().signedInUser(webHeaders(request));
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function refuseForeignOrigin(context: ServerContext, request: FastifyRequest): void {
  if (safeMethods.has(request.method) || request.headers.origin === context.publicUrl()) return;
  throw new GatewayError(
    'forbidden',
    `This must be sent by a page of this gateway, at ${context.publicUrl()}.`,
  );
}

function bearerToken(authorization: string): string {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (token === undefined)
    throw unauthenticated('The Authorization header must read "Bearer", a space, and a token.');
  return token;
}
