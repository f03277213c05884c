import { type Dialect, PostgresDialect, sql } from 'kysely';
import { Pool, type PoolClient, types } from 'pg';
import { messageOf } from '../../lib/errors.ts';
import type { Database } from './database.ts';

/** How long a statement may take, and a transaction may be idle. */
export const statementMs = 30_000;
/** How much longer than a statement may take its answer is waited for. */
const stalledMs = 1_000;
/** Connections to PostgreSQL that a gateway holds at the most. */
const maxConnections = 10;
/** How long a query may wait for a connection to PostgreSQL. */
const connectMs = 10_000;

const { INT8 } = types.builtins;

/**
 * PostgreSQL 15 and later. Milliseconds and counts are `bigint` there; all values here fit a JavaScript number. A statement may
 * take `patienceMs`, and is waited for a second longer.
 */
export function postgresDialect(url: string, patienceMs: number): Dialect {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    // A lock that another client holds must not take the whole pool.
    statement_timeout: patienceMs,
    idle_in_transaction_session_timeout: patienceMs,
    // A server that is stopped, or a network that loses everything, does not end a statement.
    query_timeout: patienceMs + stalledMs,
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8 ? Number : types.getTypeParser(oid, format === 'binary' ? 'text' : format),
    },
  });
  // A connection that the server ends is replaced at the next query. Without a listener, its error would end the process. The
  // pool reports the errors of idle connections only: a connection in use rejects its query, and emits the error itself too.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('connect', dropWhenStalled);
  return new PostgresDialect({ pool });
}

/** A connection whose answer did not come in time would give it to the next query: it is given up instead. */
function dropWhenStalled(client: PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const watched = (...args: unknown[]): unknown => {
    const answer = query(...args);
    if (answer instanceof Promise)
      answer.catch((error: unknown) => {
        if (messageOf(error) === 'Query read timeout')
          (client as unknown as WithStream).connection.stream.destroy();
      });
    return answer;
  };
  client.query = watched as typeof client.query;
}

/** What pg does not declare. */
interface WithStream {
  readonly connection: { readonly stream: { destroy(): void } };
}

/** By the clock of the server's machine, which all gateways share. Milliseconds since the epoch. */
export async function databaseTime(db: Database): Promise<number> {
  const { rows } = await sql<{ now: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new TypeError('a select without a table has one row');
  return row.now;
}
