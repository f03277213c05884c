import { type Dialect, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

/** How long a statement may take, and a transaction may be idle. */
const statementMs = 30_000;
/** Connections to PostgreSQL that a gateway holds at the most. */
const maxConnections = 10;
/** How long a query may wait for a connection to PostgreSQL. */
const connectMs = 10_000;

const { INT8 } = types.builtins;

/** PostgreSQL 15 and later. Milliseconds and counts are `bigint` there; all values here fit a JavaScript number. */
export function postgresDialect(url: string): Dialect {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    // A lock that another client holds must not take the whole pool.
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8 ? Number : types.getTypeParser(oid, format === 'binary' ? 'text' : format),
    },
  });
  // A connection that the server ends is replaced at the next query. Without a listener, its error would end the process. The
  // pool reports the errors of idle connections only: a connection in use rejects its query, and emits the error itself too.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new PostgresDialect({ pool });
}
