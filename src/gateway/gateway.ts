import type { Logger } from 'pino';
import type { Clock } from '../lib/clock.ts';
import type { KeyedHash } from '../lib/hash.ts';
import type { Sealer } from '../lib/seal.ts';
import type { ActionSource } from '../sources/action-source.ts';
import type { Database } from '../store/engine/database.ts';
import type { Store } from '../store/engine/open.ts';
import type { Bus } from './bus.ts';
import type { ConcurrencyLimit } from './concurrency-limit.ts';
import type { LastUses } from './last-uses.ts';
import type { RefusalCounts } from './refusals.ts';

/** What every use case works with. Built once, in `main`. */
export interface Gateway {
  /** This process, as rows under way name it. */
  readonly id: string;
  readonly version: string;
  readonly store: Store;
  /** The database's, where there may be several gateways; this machine's otherwise. */
  readonly clock: Clock;
  /** Reads the database's clock anew, where that is the one. */
  readonly syncClock: () => Promise<void>;
  readonly sealer: Sealer;
  /** For the hashes of requests, which cover exact params. */
  readonly hashRequest: KeyedHash;
  /** For the hashes of addresses, codes and the like that somebody tries. */
  readonly hashAttempt: KeyedHash;
  readonly limits: Limits;
  readonly connectorAccess: ConnectorAccess;
  /** Each looks up one kind of source for an organization. */
  readonly sourceKinds: readonly SourceKind[];
  readonly bus: Bus;
  readonly log: Logger;
  /** What this process is executing, by invocation: it renews the leases of these, and of no others. */
  readonly underWay: Map<string, Promise<unknown>>;
  /** What sessions were refused and no row tells of. */
  readonly refusals: RefusalCounts;
  /** When rights were last used. */
  readonly uses: LastUses;
  /** Who looks through the history at present. */
  readonly searches: ConcurrencyLimit;
  /** Aborts when a stop begins: requests that only wait are answered. */
  readonly stopping: AbortController;
  /** Aborts when a stop waits no longer: executions are given up. */
  readonly givingUp: AbortController;
}

/** The same gateway, of which all that reads or writes for itself does so in `tx`. */
export function inTransaction(gateway: Gateway, tx: Database): Gateway {
  return { ...gateway, store: { ...gateway.store, db: tx } };
}

export type SourceKind = (gateway: Gateway, organizationId: string) => Promise<readonly ActionSource[]>;

/** Milliseconds, counts, bytes. */
export interface Limits {
  /** How long an invocation waits for a person (`ASSENT_PENDING_EXPIRY_SECONDS`). */
  readonly pendingExpiryMs: number;
  /** Invocations of a session that wait for a person at a time (`ASSENT_MAX_PENDING_PER_SESSION`). */
  readonly pendingPerSession: number;
  /** Invokes of a session in one window. */
  readonly invokesPerWindow: number;
  /** The window in which the invokes of a session are counted. */
  readonly invokeWindowMs: number;
  /** How long a gateway holds an execution without renewing it. */
  readonly leaseMs: number;
  /** No execution holds its row longer, whatever its source does. */
  readonly executionMs: number;
  /** Between two signs of life that a subscriber of events is asked for. */
  readonly heartbeatMs: number;
  /** For how long a subscriber is told of events before it is asked again whether it still may listen. */
  readonly admittedMs: number;
  /** What may lie unread before a subscriber is dropped. */
  readonly socketBufferBytes: number;
  /** Streams of events that are open on one gateway. */
  readonly socketsPerGateway: number;
  /** Streams of events that are open for one caller. */
  readonly socketsPerCaller: number;
  /** How much a subscriber may have missed and still be told of. */
  readonly replayEvents: number;
  /** Searches and counts in the history that one caller makes at a time. */
  readonly searchesPerCaller: number;
  /** Files of the history that one caller downloads at a time. */
  readonly exportsPerCaller: number;
  /** Files of the history that are downloaded from one gateway at a time. */
  readonly exportsPerGateway: number;
  /** Catalogs, guides and lists of actions that one caller asks for and has not read yet. */
  readonly catalogsPerCaller: number;
  /** Catalogs, guides and lists of actions that this gateway answers, and that have not been read yet. */
  readonly catalogsPerGateway: number;
  /** Whole results that one caller asks for and has not read yet. */
  readonly resultsPerCaller: number;
  /** Whole results that this gateway answers with, and that have not been read yet. */
  readonly resultsPerGateway: number;
  /** Requests of one caller that wait for an invocation to be final. */
  readonly waitsPerCaller: number;
  /** Requests that wait on one gateway for an invocation to be final. */
  readonly waitsPerGateway: number;
  /** For how long a client may leave what it asked for lying unread. */
  readonly unreadMs: number;
  /** How long a result that is larger than the record's copy is kept for the session that asked. */
  readonly keptMs: number;
  /** What is kept of the results of one session; then the oldest go. */
  readonly keptPerSessionBytes: number;
  /** What a database keeps of all sessions' results; then the oldest go. Sealed, they take a third more. */
  readonly keptBytes: number;
}

/** Seed 002, "Reliability". */
export const defaultLimits: Limits = {
  pendingExpiryMs: 5 * 60_000,
  pendingPerSession: 10,
  invokesPerWindow: 60,
  invokeWindowMs: 60_000,
  leaseMs: 15_000,
  executionMs: 60_000,
  heartbeatMs: 20_000,
  admittedMs: 1000,
  socketBufferBytes: 1024 * 1024,
  socketsPerGateway: 1000,
  socketsPerCaller: 20,
  replayEvents: 1000,
  searchesPerCaller: 4,
  exportsPerCaller: 2,
  exportsPerGateway: 8,
  catalogsPerCaller: 10,
  catalogsPerGateway: 40,
  resultsPerCaller: 40,
  resultsPerGateway: 200,
  waitsPerCaller: 40,
  waitsPerGateway: 1000,
  unreadMs: 60_000,
  keptMs: 24 * 3600 * 1000,
  keptPerSessionBytes: 64 * 1024 * 1024,
  keptBytes: 1024 * 1024 * 1024,
};

/** What connectors of this gateway may reach; both are refused unless its configuration says otherwise. */
export interface ConnectorAccess {
  readonly allowStdio: boolean;
  readonly allowPrivateAddresses: boolean;
}
