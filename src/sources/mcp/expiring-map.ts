import type { Clock } from '../../lib/clock.ts';

const sweepMs = 60_000;

/** A map whose entries end by themselves. Stale ones are swept out once a minute of use: there is no timer. */
export class ExpiringMap<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>();
  readonly #clock: Clock;
  #sweepAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sweepAt = clock() + sweepMs;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    return entry === undefined || entry.until <= this.#clock() ? undefined : entry.value;
  }

  set(key: string, value: Value, ms: number): void {
    const now = this.#clock();
    if (now >= this.#sweepAt) this.#sweep(now);
    this.#entries.set(key, { value, until: now + ms });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  #sweep(now: number): void {
    this.#sweepAt = now + sweepMs;
    for (const [key, { until }] of this.#entries) if (until <= now) this.#entries.delete(key);
  }
}
