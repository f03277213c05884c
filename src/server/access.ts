import type { FastifyInstance, FastifyRequest } from 'fastify';
import { asAdmin, asSession, asUser, type Caller } from '../gateway/callers.ts';
import { GatewayError } from '../gateway/errors.ts';
import { callerOfTicketHolder, redeemEventTicket, type TicketHolder } from '../gateway/events/tickets.ts';
import { authenticate, callerOfMember, unauthenticated } from '../gateway/people/authenticate.ts';
import { type BrowserSession, isSecretOf } from '../gateway/people/browser-sessions.ts';
import { refuseWithoutScope } from '../gateway/people/scopes.ts';
import type { Scope } from '../shared/user-tokens.ts';
import { refuseUnproven } from './auth/browser-session.ts';
import { webHeaders } from './connections/web-request.ts';
import type { ServerContext } from './context.ts';
import { ticketOf } from './events/protocols.ts';

/** Who may use a route: `reader` is a session or a user, `public` asks nobody. */
export type Access = 'public' | 'reader' | 'session' | 'user' | 'admin';
/** Those of them that take people. */
export type PeoplesAccess = Exclude<Access, 'public' | 'session'>;
/** Which scope a person's token must have; what takes a `browser` takes no token at all. */
export type RouteScope = Scope | 'browser';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    scope?: RouteScope;
  }
  interface FastifyRequest {
    caller: Caller | null;
    /** The session of the page that it came from, where that is who asks. */
    browser: BrowserSession | null;
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

/**
 * Asks who is there before a byte of the body is read. A route that does not say who may use it, or for what people's tokens must
 * have been made, stops the start.
 */
export function guardRoutes(app: FastifyInstance, context: ServerContext): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('browser', null);
  app.decorateRequest('presentedSession', null);
  app.decorateRequest('ticketHolder', null);
  app.addHook('onRoute', (route) => {
    const { access, scope } = route.config ?? {};
    const name = `${String(route.method)} ${route.url}`;
    if (access === undefined) throw new TypeError(`${name} does not say who may use it`);
    if (takesPeople(access) && scope === undefined)
      throw new TypeError(`${name} does not say which scope it takes`);
  });
  app.addHook('onRequest', async (request) => {
    // What is not there asks nobody either.
    if ((request.routeOptions.config.access ?? 'public') === 'public') return;
    request.caller = await askAgain(context, request);
  });
}

function takesPeople(access: Access): access is PeoplesAccess {
  return access !== 'public' && access !== 'session';
}

/** Who is there, and may use the route; for a connection that lasts, at any time later too. */
export async function askAgain(context: ServerContext, request: FastifyRequest): Promise<Caller> {
  const { access = 'public', scope } = request.routeOptions.config;
  if (access === 'public') throw new TypeError('a public route asks nobody');
  const caller = await callerOfRequest(context, request);
  if (caller.kind === 'session') request.presentedSession = caller.sessionId;
  const allowed = checks[access](caller);
  // `route` refuses what is for a browser, once what was sent has been looked at.
  if (scope !== undefined && scope !== 'browser') refuseWithoutScope(allowed, scope);
  return allowed;
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
  const session = await pageSession(context, request);
  if (session === undefined) {
    throw unauthenticated(
      'Send a token as "Authorization: Bearer …". `assent login` gets one for people, `assent sessions create` one for agents.',
    );
  }
  refuseAnotherUser(request, session.userId);
  request.browser = session;
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

/** The second secret of a browser's session. A page keeps it where only its own origin reads. */
const pageSecretHeader = 'x-assent-page';

/**
 * The session that a page of ours asks with. The cookie alone is not enough for anything: a browser sends it to every port of the
 * gateway's host, and so to whatever an agent has started there. `secret` is what a form has sent, where it was none of our scripts.
 * Throws `forbidden` for what changes something and comes from elsewhere.
 */
export async function pageSession(
  context: ServerContext,
  request: FastifyRequest,
  secret = request.headers[pageSecretHeader],
): Promise<BrowserSession | undefined> {
  const session = await cookieSession(context, request);
  return session !== undefined && typeof secret === 'string' && isSecretOf(session, secret)
    ? session
    : undefined;
}

/**
 * The session of the browser's cookie: good for saying whether somebody is signed in, and for no more. Throws `forbidden` for what
 * changes something and comes from elsewhere.
 */
export async function cookieSession(
  context: ServerContext,
  request: FastifyRequest,
): Promise<BrowserSession | undefined> {
  if (request.headers.cookie === undefined) return undefined;
  refuseForeignOrigin(context, request);
  return context.auth().browserSession(webHeaders(request));
}

/** The session of a person at a page of ours: what gives them another way to sign in takes no token. Throws `unauthenticated`, `forbidden`. */
export async function browserOf(context: ServerContext, request: FastifyRequest): Promise<BrowserSession> {
  const hasToken = request.headers.authorization !== undefined;
  const session = hasToken ? undefined : (request.browser ?? (await pageSession(context, request)));
  if (session !== undefined) return session;
  if (!hasToken) throw unauthenticated('You are signed out. Sign in again.');
  throw new GatewayError(
    'forbidden',
    'This takes a person who is signed in with a browser; a token cannot do it. Open the settings in a browser.',
  );
}

/** The same, of a person who has shown lately who they are. Throws `insufficient_user_authentication` too. */
export async function provenBrowser(
  context: ServerContext,
  request: FastifyRequest,
): Promise<BrowserSession> {
  const session = await browserOf(context, request);
  refuseUnproven(context.gateway, session);
  return session;
}

/**
 * Asks a person at a browser to have shown lately who they are before they give anybody a way in (RFC 9470); a token shows it by
 * itself, and gives nothing that outlasts it. Throws `insufficient_user_authentication`.
 */
export async function askProof(context: ServerContext, request: FastifyRequest): Promise<void> {
  if (request.browser !== null) refuseUnproven(context.gateway, request.browser);
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
