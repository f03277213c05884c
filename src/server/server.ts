import swagger from '@fastify/swagger';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { catalogLimit } from '../gateway/actions/limits.ts';
import type { Limits } from '../gateway/gateway.ts';
import { exportLimit } from '../gateway/history/limits.ts';
import { resultLimit, waitLimit } from '../gateway/invocations/limits.ts';
import { guardRoutes } from './access.ts';
import { acceptExactJson, acceptForms } from './bodies.ts';
import { acceptWebSockets, isWebSocketUpgrade } from './connections/accept.ts';
import { endConnectionsWhenClosing } from './connections/closing.ts';
import { beginInTurns } from './connections/fair-turns.ts';
import { readHeadsInTurns } from './connections/heads-in-turns.ts';
import { holdFewLargeBodies } from './connections/large-bodies.ts';
import { limitPipelining } from './connections/pipelining.ts';
import { dropUnreadAnswers } from './connections/unread-answers.ts';
import { tellOfUntrustedProxies } from './connections/untrusted-proxies.ts';
import type { Pages, RouteLimits, ServerContext } from './context.ts';
import { answerAndCount } from './count-refusals.ts';
import { statusOf } from './errors.ts';
import { listenerLimit } from './events/listener-limit.ts';
import { securitySchemes } from './openapi.ts';
import { appPages } from './pages/app.ts';
import { connectPages } from './pages/connect.ts';
import { html, sendPage } from './pages/html.ts';
import { invitePages } from './pages/invite.ts';
import { loginPages } from './pages/login.ts';
import { pageFiles } from './pages/page-files.ts';
import { securePages } from './pages/security.ts';
import { signOnPages } from './pages/single-sign-on.ts';
import { routes } from './routes/routes.ts';

const pages: readonly Pages[] = [loginPages, signOnPages, connectPages, invitePages, appPages, pageFiles];

/** The largest body of a request. */
const bodyBytes = 1024 * 1024;
/** How long a request may take to arrive. */
const requestMs = 30_000;
/** Characters of one part of a path, such as a mode key. */
const maxParamLength = 1200;

/** The gateway's HTTP face, not yet listening. */
export async function newServer(context: ServerContext): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = context.gateway.log.child({ module: 'http' });
  const onError = answerAndCount(context.gateway);
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytes,
    // A mode key has up to 400 characters, which may come percent-encoded.
    routerOptions: { maxParamLength },
    // A call may take as long as an action does, but nobody may take longer than this to say what they want.
    requestTimeout: requestMs,
    forceCloseConnections: 'idle',
    http: { shouldUpgradeCallback: isWebSocketUpgrade },
    frameworkErrors: onError,
    // Without a proxy to trust, `x-forwarded-for` is anybody's word, and addresses come from the socket.
    trustProxy: context.trustedProxies ?? false,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(onError);
  securePages(app);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Assent', version: context.gateway.version },
      components: { securitySchemes },
    },
    transform: jsonSchemaTransform,
  });
  await acceptWebSockets(app);
  tellOfUntrustedProxies(app, context.trustedProxies);
  limitPipelining(app);
  dropUnreadAnswers(app, context.gateway.limits.unreadMs);
  readHeadsInTurns(app);
  const takeTurn = beginInTurns(app);
  guardRoutes(app, context);
  holdFewLargeBodies(app);
  // Fastify accepts plain text by default; no route wants it.
  app.removeContentTypeParser(['text/plain', 'application/json']);
  acceptExactJson(app, takeTurn);
  observe(app, context);
  keepNowhere(app);
  endConnectionsWhenClosing(app);
  app.setNotFoundHandler(answerNotFound);
  const routeContext = { ...context, limits: routeLimits(context.gateway.limits) };
  for (const route of routes) route.register(app, routeContext);
  await app.register(async (scope) => {
    acceptForms(scope, takeTurn);
    for (const page of pages) await scope.register(page, context);
  });
  return app;
}

function routeLimits(limits: Limits): RouteLimits {
  return {
    listeners: listenerLimit(limits),
    exports: exportLimit(limits),
    catalogs: catalogLimit(limits),
    results: resultLimit(limits),
    waits: waitLimit(limits),
  };
}

/** In a browser's address bar as a page, elsewhere as any other refusal. */
function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  if (request.method === 'GET' && request.headers.accept?.includes('text/html') === true) {
    const body = html`<p>There is no such page. <a href="/">Go to the inbox</a></p>`;
    sendPage(reply, 'Nothing is here', body, { status: statusOf.not_found });
    return;
  }
  const message = `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}. /openapi.json lists what there is.`;
  void reply.status(statusOf.not_found).send({ error: { code: 'not_found', message } });
}

/** An answer is for the one who asked: no cache keeps it, unless the route says so. */
function keepNowhere(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
}

function observe(app: FastifyInstance, { metrics }: ServerContext): void {
  if (metrics === undefined) return;
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.observeRequest(route, request.method, reply.statusCode, reply.elapsedTime / 1000);
  });
}
