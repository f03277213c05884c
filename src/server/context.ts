import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ConcurrencyLimit } from '../gateway/concurrency-limit.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Auth } from './auth/auth.ts';
import type { Metrics } from './metrics.ts';

/** What the server is made from. */
export interface ServerContext {
  readonly gateway: Gateway;
  /** Absent where nobody asks for them: then nothing is counted. */
  readonly metrics?: Metrics | undefined;
  readonly auth: () => Auth;
  /** Whether what stands at an address is trusted to give a client's; nobody is, where it is absent. */
  readonly trustedProxies: ((address: string) => boolean) | undefined;
  /** The folder of the built page. */
  readonly webRoot: string;
  /** Origin under which people reach the gateway; known once it listens. */
  readonly publicUrl: () => string;
}

/** The concurrency limits that routes name. Each is one for the whole server, however many routes share it. */
export interface RouteLimits {
  /** Connections that follow events. */
  readonly listeners: ConcurrencyLimit;
  /** Files of the history. */
  readonly exports: ConcurrencyLimit;
  /** Answers that list actions, each up to several megabytes. */
  readonly catalogs: ConcurrencyLimit;
  /** Answers that hold all of a result, each up to a megabyte. */
  readonly results: ConcurrencyLimit;
  /** Requests that wait for an invocation. */
  readonly waits: ConcurrencyLimit;
}

/** What the handler of every route is given. */
export interface RouteContext extends ServerContext {
  readonly limits: RouteLimits;
}

/** Pages, as a plugin of Fastify's. */
export type Pages = FastifyPluginAsyncZod<ServerContext>;
