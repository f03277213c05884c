import { setTimeout as pause } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { databaseFault } from './faults.ts';

/** Between two tries to write while another process holds the file. */
const heldPauseMs = 20;

/**
 * Tries each statement again for `heldMs` where another process holds the file, without keeping the event loop from anything
 * else, as SQLite's own waiting does. A transaction begins by writing, so that it waits once, before anything is done in it.
 */
export class PatientDriver extends SqliteDriver {
  readonly #heldMs: number;
  readonly #isInTransaction: () => boolean;

  constructor(config: SqliteDialectConfig, heldMs: number, isInTransaction: () => boolean) {
    super(config);
    this.#heldMs = heldMs;
    this.#isInTransaction = isInTransaction;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new PatientConnection(await super.acquireConnection(), this.#heldMs);
  }

  /** SQLite has taken a transaction back by itself where the disk was full: there is nothing to take back then. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isInTransaction()) await super.rollbackTransaction(connection);
  }
}

class PatientConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #heldMs: number;

  constructor(inner: DatabaseConnection, heldMs: number) {
    this.#inner = inner;
    this.#heldMs = heldMs;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#inner.executeQuery<Row>(query).catch((error: unknown) => this.#again<Row>(query, error));
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.#inner.streamQuery<Row>(query, chunkSize);
  }

  async #again<Row>(query: CompiledQuery, first: unknown): Promise<QueryResult<Row>> {
    const until = performance.now() + this.#heldMs;
    for (let error = first; ; ) {
      if (databaseFault(error) !== 'held' || performance.now() > until) throw error;
      await pause(heldPauseMs);
      try {
        return await this.#inner.executeQuery<Row>(query);
      } catch (again) {
        error = again;
      }
    }
  }
}
