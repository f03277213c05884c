import { type Logger, pino } from 'pino';
import type { GatewayConfig } from '../config/gateway.ts';
import { connectorSources } from '../gateway/actions/connector-source.ts';
import { providerSources } from '../gateway/actions/provider-sources.ts';
import { newBus } from '../gateway/bus.ts';
import { type DatabaseClock, databaseClock } from '../gateway/database-clock.ts';
import { defaultLimits, type Gateway, type Limits, type SourceKind } from '../gateway/gateway.ts';
import { searchLimit } from '../gateway/history/limits.ts';
import { LastUses } from '../gateway/last-uses.ts';
import { RefusalCounts } from '../gateway/refusals.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { keyedHash } from '../lib/hash.ts';
import { newId } from '../lib/ids.ts';
import { sealer } from '../lib/seal.ts';
import { version } from '../lib/version.ts';
import { visibleJson } from '../shared/odd-characters.ts';
import type { Store } from '../store/engine/open.ts';
import type { Keys } from './keys.ts';

/** JSON lines on standard error; standard output belongs to what the command says. */
export function newLog(config: GatewayConfig): Logger {
  return pino(
    {
      level: config.logLevel,
      base: { module: 'actions' },
      timestamp: pino.stdTimeFunctions.isoTime,
      // Somebody reads the log on a terminal.
      hooks: { streamWrite: visibleJson },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** What a test or a benchmark may put in the place of the real thing. */
export interface Replacements {
  readonly log?: Logger;
  readonly clock?: Clock;
  readonly sourceKinds?: readonly SourceKind[];
  readonly limits?: Partial<Limits>;
  /** How often what waits, is due or ran out of time is looked for. Milliseconds. */
  readonly housekeepingMs?: number;
  /** How long a write waits for another process that holds an embedded database, and any query for PostgreSQL's answer. */
  readonly databaseMs?: number;
}

/** The time that the gateway goes by: what replaces it, or the database's own, or this machine's. */
export async function clockOf({ readTime }: Store, { clock }: Replacements): Promise<DatabaseClock> {
  if (clock === undefined && readTime !== undefined) return databaseClock(readTime);
  return { now: clock ?? systemClock, sync: async () => undefined };
}

/** The objects that every use case works with. */
export function buildGateway(
  config: GatewayConfig,
  store: Store,
  keys: Keys,
  log: Logger,
  { now: clock, sync: syncClock }: DatabaseClock,
  { sourceKinds = allSourceKinds(config, clock, log), limits: replaced }: Replacements,
): Gateway {
  const limits = { ...defaultLimits, ...config.limits, ...replaced };
  return {
    id: newId(),
    version,
    store,
    clock,
    syncClock,
    sealer: sealer(keys.sealing),
    hashRequest: keyedHash(keys.requests),
    hashAttempt: keyedHash(keys.attempts),
    limits,
    connectorAccess: {
      allowStdio: config.allowStdioConnectors,
      allowPrivateAddresses: config.allowPrivateAddresses,
    },
    sourceKinds,
    bus: newBus((error) => log.error({ err: error }, 'a listener failed')),
    log,
    underWay: new Map(),
    refusals: new RefusalCounts(store),
    uses: new LastUses(store),
    searches: searchLimit(limits),
    stopping: new AbortController(),
    givingUp: new AbortController(),
  };
}

function allSourceKinds(config: GatewayConfig, clock: Clock, log: Logger): SourceKind[] {
  const connectorLog = log.child({ module: 'actions.connectors' });
  return [
    providerSources({ allowPrivateAddresses: config.allowPrivateAddresses }),
    connectorSources({
      allowStdio: config.allowStdioConnectors,
      allowPrivateAddresses: config.allowPrivateAddresses,
      clock,
      version,
      log: (details) => connectorLog.warn(details, 'tool left out'),
    }),
  ];
}
