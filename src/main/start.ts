import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config/gateway.ts';
import { relayEvents } from '../gateway/events/relay.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { keepHouse, recover } from '../gateway/invocations/sweep.ts';
import { type Delivering, keepDelivering } from '../gateway/notifications/keep-delivering.ts';
import { bootstrap, type Owner } from '../gateway/people/bootstrap.ts';
import { type Auth, newAuth } from '../server/auth/auth.ts';
import { throttled } from '../server/auth/throttled.ts';
import type { ServerContext } from '../server/context.ts';
import { newMetrics } from '../server/metrics.ts';
import { newMetricsServer } from '../server/metrics-server.ts';
import { newServer } from '../server/server.ts';
import { buildGateway, clockOf, newLog, type Replacements } from './build-gateway.ts';
import { refuseWrongKey } from './data-folder.ts';
import { gatewayKeys, type Keys, keyFileIn } from './keys.ts';
import { gatewayFlags, listen, metricsFlags } from './listen.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';
import { webRoot } from './web-root.ts';

/** A gateway that answers. */
export interface RunningGateway {
  readonly gateway: Gateway;
  /** Where it listens, and where people reach it: the same unless configuration says otherwise. */
  readonly address: string;
  readonly publicUrl: string;
  /** Where its metrics are, if anywhere. */
  readonly metricsUrl: string | undefined;
  readonly owner: Owner;
  /** What was put aside for a start as a new organization, if anything was. */
  readonly putAside: string | undefined;
  /** Takes no more work, lets executions end, and closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** Between two sweeps for what has expired or was left behind. */
const usualHousekeepingMs = 1000;
/** How long a stop waits for what is being executed. */
const drainMs = 30_000;

/** Opens the database, ends what a crash left behind, and listens. Throws `AssentError` with what to do. */
export async function start(config: GatewayConfig, replacements: Replacements = {}): Promise<RunningGateway> {
  const log = replacements.log ?? newLog(config);
  const { housekeepingMs = usualHousekeepingMs } = replacements;
  const database = await openDatabase(
    config,
    (bytes) => log.info({ bytes }, 'looking through the database for damage before it is opened'),
    replacements.databaseMs,
  );
  try {
    const keys = gatewayKeys(config.dataDir, config.secretKey);
    await refuseWrongKey(database.store.db, keys, {
      origin: config.secretKey === undefined ? keyFileIn(config.dataDir) : 'ASSENT_SECRET_KEY',
      advice: 'Start with the key that it was sealed with, or restore a backup together with its key.',
    });
    const clock = await clockOf(database.store, replacements);
    const gateway = buildGateway(config, database.store, keys, log, clock, replacements);
    const owner = await bootstrap(gateway);
    await recover(gateway, { alone: database.alone });
    const { servers, address, publicUrl, metricsUrl } = await serve(config, gateway, keys);
    const relay = await relayEvents(gateway);
    const ended = new AbortController();
    keepHouse(gateway, housekeepingMs, ended.signal);
    const delivering = keepDelivering(gateway, { publicUrl: () => publicUrl }, housekeepingMs, ended.signal);
    const halt = once(() => stop(gateway, { servers, database, ended, delivering, relay }));
    return { gateway, address, publicUrl, metricsUrl, owner, putAside: database.putAside, stop: halt };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What answers over HTTP: the gateway itself, and its metrics at an address of their own. */
interface Servers {
  readonly server: FastifyInstance;
  readonly metricsServer: FastifyInstance | undefined;
}

interface Served {
  readonly servers: Servers;
  readonly address: string;
  readonly publicUrl: string;
  readonly metricsUrl: string | undefined;
}

async function serve(config: GatewayConfig, gateway: Gateway, keys: Keys): Promise<Served> {
  // With port 0 the address is known only once the server listens; nobody asks for it before.
  let publicUrl = config.publicUrl ?? '';
  let auth: Auth | undefined;
  const metrics = config.metrics && newMetrics(gateway.bus);
  const context: ServerContext = {
    gateway,
    metrics,
    trustedProxies: config.trustedProxies,
    webRoot: webRoot(),
    publicUrl: () => publicUrl,
    auth: () => {
      auth ??= throttled(
        newAuth({ gateway, publicUrl, secret: keys.cookies, oidc: config.oidc }),
        gateway,
        publicUrl,
      );
      return auth;
    },
  };
  const servers = { server: await newServer(context), metricsServer: metrics && newMetricsServer(metrics) };
  try {
    const metricsUrl = await listenForMetrics(servers, config);
    const address = await listen(servers.server, config, gatewayFlags);
    publicUrl = config.publicUrl ?? address;
    return { servers, address, publicUrl, metricsUrl };
  } catch (error) {
    await close(servers);
    throw error;
  }
}

async function listenForMetrics(
  { metricsServer }: Servers,
  { metrics }: GatewayConfig,
): Promise<string | undefined> {
  if (metricsServer === undefined || metrics === undefined) return undefined;
  return `${await listen(metricsServer, metrics, metricsFlags)}/metrics`;
}

async function close({ server, metricsServer }: Servers): Promise<void> {
  await Promise.all([server.close(), metricsServer?.close()]);
}

interface Parts {
  readonly servers: Servers;
  readonly database: OpenDatabase;
  readonly ended: AbortController;
  readonly delivering: Delivering;
  readonly relay: { end(): Promise<void> };
}

async function stop(gateway: Gateway, { servers, database, ended, delivering, relay }: Parts): Promise<void> {
  gateway.stopping.abort();
  const closed = close(servers);
  const patience = setTimeout(() => gateway.givingUp.abort(), drainMs);
  await closed;
  // An execution may outlive the request that started it.
  await Promise.allSettled(gateway.underWay.values());
  clearTimeout(patience);
  ended.abort();
  await delivering.settled();
  await relay.end();
  await flushCounts(gateway);
  await database.close();
}

/** What cannot be counted stops no stop. */
async function flushCounts({ refusals, uses, clock, log }: Gateway): Promise<void> {
  try {
    await refusals.flush();
    await uses.flush(clock());
  } catch (error) {
    log.error({ err: error }, 'the last refusals and uses could not be counted');
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}
