import { AssentError } from '../lib/errors.ts';
import { type DatabaseFault, databaseFault } from '../store/engine/faults.ts';
import { StoreError } from '../store/errors.ts';
import { GatewayError } from './errors.ts';

/** What a caller is told, who can do nothing about it but wait, and an operator, who can. No path: the log has it. */
const sentences: Readonly<Record<DatabaseFault, string>> = {
  held: 'The database is held by another process, which keeps others from writing. Nothing was changed. End that process, or try again.',
  full: 'The disk that the database is on is full. What this would have changed is not on record. Make room there.',
  damaged: 'The database is damaged. Stop the gateway, and put a backup in its place with `assent restore`.',
  missing:
    'The database file is not where it was. Nothing more is taken: put it back, with its -wal file, or stop the gateway and restore a backup.',
  read_only:
    'The database takes no changes at present: it is read-only. Make it writable, or try again once it is.',
  unreachable:
    'The database does not answer at present. Whether this was done, the record says once it does; then try again.',
  overloaded: 'The database is too busy to answer in time. Try again in a moment.',
  unreadable: 'The database cannot be read or written: its disk reports errors. The log says which.',
};

/** The refusal that a fault of the database becomes, whatever use case met it; `undefined` for any other error. */
export function databaseRefusal(error: unknown): GatewayError | undefined {
  // A refusal of ours has its own words, also where the database caused it.
  if (error instanceof AssentError && !(error instanceof StoreError)) return undefined;
  const fault = databaseFault(error);
  return fault && new GatewayError('unavailable', sentences[fault], { cause: error });
}
