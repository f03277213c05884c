import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Gateway } from '../gateway/gateway.ts';
import type { Auth } from './auth/auth.ts';
import type { Metrics } from './metrics.ts';

/** What every route file is given. */
export interface ServerContext {
  readonly gateway: Gateway;
  readonly metrics: Metrics;
  readonly auth: () => Auth;
  /** Addresses of the proxies whose word on a client's address counts; comma-separated, ranges too. */
  readonly trustedProxies: string | undefined;
  /** The folder of the built page. */
  readonly webRoot: string;
  /** Origin under which people reach the gateway; known once it listens. */
  readonly publicUrl: () => string;
}

export type Routes = FastifyPluginAsyncZod<ServerContext>;
