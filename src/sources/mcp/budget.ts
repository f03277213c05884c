import { SchemaError } from './schema-limits.ts';

/** What one check may cost, in steps of about ten nanoseconds. */
export class Budget {
  #left = 0;

  refill(): void {
    this.#left = 4_000_000;
  }

  /** Throws `SchemaError` once nothing is left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new SchemaError('takes too long to check against this schema');
  }
}
