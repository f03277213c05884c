import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Gateway } from '../gateway/gateway.ts';
import type { Auth } from './auth/auth.ts';
import type { Metrics } from './metrics.ts';

/** What every route file is given. */
export interface ServerContext {
  readonly gateway: Gateway;
  readonly metrics: Metrics;
  readonly auth: () => Auth;
  /** Origin under which people reach the gateway; known once it listens. */
  readonly publicUrl: () => string;
}

export type Routes = FastifyPluginAsyncZod<ServerContext>;
