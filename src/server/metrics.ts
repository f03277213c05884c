import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Bus } from '../gateway/bus.ts';

/** What Prometheus scrapes: counts and durations, never an id, a name or a value of anybody's. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** `route` is the pattern, not the path. */
  observeRequest(route: string, method: string, status: number, seconds: number): void;
}

export function newMetrics(bus: Bus): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'assent_http_request_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  const events = new Counter({
    name: 'assent_invocation_events_total',
    help: 'Invocations that became pending, or ended after waiting or running',
    labelNames: ['type', 'status'],
    registers: [registry],
  });
  // Its own alone: each gateway is scraped, and what others did would be counted twice.
  bus.subscribeOwn(({ type, payload }) => {
    if (type !== 'action_progress') events.inc({ type, status: payload.invocation.status });
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    observeRequest: (route, method, status, seconds) => requests.observe({ route, method, status }, seconds),
  };
}
