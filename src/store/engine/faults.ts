import { StoreError } from '../errors.ts';

/** What can be the matter with a database that was well when it was opened. */
export type DatabaseFault =
  | 'held'
  | 'full'
  | 'damaged'
  | 'missing'
  | 'read_only'
  | 'unreachable'
  | 'overloaded'
  | 'unreadable';

/** SQLite's result codes, whose low byte is the kind (sqlite.org/rescode.html). */
const ofSqlite: Readonly<Record<number, DatabaseFault>> = {
  5: 'held',
  6: 'held',
  8: 'read_only',
  10: 'unreadable',
  11: 'damaged',
  13: 'full',
  14: 'unreadable',
  26: 'damaged',
};

/** SQLSTATE, by its whole or by its class, the first two characters (PostgreSQL, appendix A). */
const ofPostgres: Readonly<Record<string, DatabaseFault>> = {
  '08': 'unreachable',
  '25006': 'read_only',
  '28': 'unreachable',
  '3D': 'unreachable',
  '40': 'held',
  '53': 'overloaded',
  '53100': 'full',
  '55P03': 'held',
  '57': 'unreachable',
  '57014': 'overloaded',
  '58': 'unreadable',
  '58P01': 'unreadable',
  XX001: 'damaged',
  XX002: 'damaged',
};

/** What Node says of a connection, and of a name that nobody knows. */
const ofConnections: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const ofFiles: Readonly<Record<string, DatabaseFault>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'unreadable',
  EROFS: 'read_only',
};

/** The words of pg for connections that have ended; it gives them no code. */
const endedWords =
  /^Connection terminated|^Client has encountered a connection error|^timeout exceeded when trying to connect|^Query read timeout|Client was closed and is not queryable|^server conn crashed/;

/**
 * What is the matter with the database, by what a query of it has thrown, or by what was its cause; `undefined` for anything
 * else. Asked only of what the store throws: a source's own broken connection has the same codes.
 */
export function databaseFault(error: unknown, depth = 0): DatabaseFault | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  return faultOf(error) ?? databaseFault(error.cause, depth + 1);
}

function faultOf(error: Error): DatabaseFault | undefined {
  if (error instanceof StoreError) return error.code === 'missing' ? 'missing' : undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ERR_SQLITE_ERROR' && 'errcode' in error && typeof error.errcode === 'number')
    return ofSqlite[error.errcode & 0xff];
  // Only the server's own errors have a severity.
  if ('severity' in error) return ofPostgres[code] ?? ofPostgres[code.slice(0, 2)];
  if ('syscall' in error) return ofFiles[code] ?? (ofConnections.has(code) ? 'unreachable' : undefined);
  return endedWords.test(error.message) ? 'unreachable' : undefined;
}
