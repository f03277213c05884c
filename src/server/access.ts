import type { FastifyInstance, FastifyRequest } from 'fastify';
import { asAdmin, asSession, asUser, type Caller } from '../gateway/callers.ts';
import { GatewayError } from '../gateway/errors.ts';
import { callerOfTicketHolder, redeemEventTicket, type TicketHolder } from '../gateway/events/tickets.ts';
import { authenticate, callerOfMember, unauthenticated } from '../gateway/people/authenticate.ts';
import type { BrowserSession } from './auth/browser-session.ts';
import { webHeaders } from './connections/web-request.ts';
import type { ServerContext } from './context.ts';
import { ticketOf } from './events/protocols.ts';

/** Who may use a route: `reader` is a session or a user, `public` asks nobody. */
export type Access = 'public' | 'reader' | 'session' | 'user' | 'admin';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    caller: Caller | null;
    /** Whose token came with it, where that is a session's, whether or not it may use the route. */
    presentedSession: string | null;
    /** Who the ticket that came with an upgrade was made for; the ticket itself serves only once. */
    ticketHolder: TicketHolder | null;
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
  app.decorateRequest('presentedSession', null);
  app.decorateRequest('ticketHolder', null);
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined)
      throw new TypeError(`${String(route.method)} ${route.url} does not say who may use it`);
  });
  app.addHook('onRequest', async (request) => {
    // What is not there asks nobody either.
    if ((request.routeOptions.config.access ?? 'public') === 'public') return;
    request.caller = await askAgain(context, request);
  });
}

/** Who is there, and may use the route; for a connection that lasts, at any time later too. */
export async function askAgain(context: ServerContext, request: FastifyRequest): Promise<Caller> {
  const access = request.routeOptions.config.access ?? 'public';
  if (access === 'public') throw new TypeError('a public route asks nobody');
  const caller = await callerOfRequest(context, request);
  if (caller.kind === 'session') request.presentedSession = caller.sessionId;
  return checks[access](caller);
}

/** The caller of a route that is not public. */
export function callerOf(request: Pick<FastifyRequest, 'caller'>): Caller {
  if (request.caller === null) throw new TypeError('a public route has no caller');
  return request.caller;
}

export async function callerOfRequest(context: ServerContext, request: FastifyRequest): Promise<Caller> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return authenticate(context.gateway, bearerToken(authorization));
  const ticket = ticketOf(request);
  if (ticket !== undefined) {
    request.ticketHolder ??= await redeemEventTicket(context.gateway, ticket);
    return callerOfTicketHolder(context.gateway, request.ticketHolder);
  }
  const session = await signedInSession(context, request);
  if (session === undefined) {
    throw unauthenticated(
      'Send a token as "Authorization: Bearer …". `assent login` gets one for people, `assent sessions create` one for agents.',
    );
  }
  refuseAnotherUser(request, session.userId);
  const caller = await callerOfMember(context.gateway, session.userId);
  return { ...caller, credential: { kind: 'browser_session', id: session.id } };
}

/** Whom the page shows, as it says itself: a browser has one cookie for all of its windows. */
const shownUserHeader = 'x-assent-user';

/** What is decided in a window that shows one person is not recorded as another's, who has signed in beside it. */
function refuseAnotherUser(request: FastifyRequest, userId: string): void {
  const shown = request.headers[shownUserHeader];
  if (shown === undefined || shown === userId) return;
  throw new GatewayError(
    'conflict',
    'Somebody else has signed in with this browser meanwhile. Reload the page to go on as them.',
  );
}

/** The user of the browser's cookie; what changes something must come from our own pages. Throws `forbidden` otherwise. */
export async function signedInUser(
  context: ServerContext,
  request: FastifyRequest,
): Promise<string | undefined> {
  return (await signedInSession(context, request))?.userId;
}

async function signedInSession(
  context: ServerContext,
  request: FastifyRequest,
): Promise<BrowserSession | undefined> {
  if (request.headers.cookie === undefined) return undefined;
  refuseForeignOrigin(context, request);
  return context.auth().browserSession(webHeaders(request));
}

/** The user of a browser that is signed in: what gives them another way to sign in takes no token. Throws `forbidden`. */
export async function browserUser(context: ServerContext, request: FastifyRequest): Promise<string> {
  const hasToken = request.headers.authorization !== undefined;
  const userId = hasToken ? undefined : await signedInUser(context, request);
  if (userId !== undefined) return userId;
  throw new GatewayError(
    'forbidden',
    'This takes a person who is signed in with a browser; a token cannot do it. Open the settings in a browser.',
  );
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A page of any site may open a WebSocket, and the cookie goes with it: an upgrade is not safe, though it is a GET. */
export function refuseForeignOrigin(context: ServerContext, request: FastifyRequest): void {
  const isSafe = safeMethods.has(request.method) && !request.ws;
  if (isSafe || request.headers.origin === context.publicUrl()) return;
  throw new GatewayError(
    'forbidden',
    `This must be sent by a page of this gateway, at ${context.publicUrl()}.`,
  );
}

/** The token that a request came with, if it came with one. Throws `unauthenticated` for what cannot be one. */
export function presentedToken({ headers }: FastifyRequest): string | undefined {
  return headers.authorization === undefined ? undefined : bearerToken(headers.authorization);
}

function bearerToken(authorization: string): string {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (token === undefined)
    throw unauthenticated('The Authorization header must read "Bearer", a space, and a token.');
  return token;
}
