import { join, resolve } from 'node:path';
import type { Address } from '../lib/address.ts';
import { messageOf } from '../lib/errors.ts';
import { proxiesIn } from '../lib/proxies.ts';
import { Secret } from '../lib/secret.ts';
import { switchValue } from '../lib/switch-value.ts';
import { ConfigError } from './errors.ts';
import { assentHome, type Env } from './home.ts';
import { metricsAddress } from './metrics.ts';
import { type OidcConfig, oidcConfig } from './oidc.ts';
import { secretVariable } from './secret-variable.ts';
import { type TrustedProxies, trustedProxies } from './trusted-proxies.ts';

/** Flags of `assent up`, as text; each has an environment variable of the same meaning. */
export interface GatewayFlags {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly metrics?: string | undefined;
  readonly allowStdioConnectors?: boolean | undefined;
  readonly allowPrivateAddresses?: boolean | undefined;
  readonly logLevel?: string | undefined;
  readonly startNew?: boolean | undefined;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface GatewayConfig {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Where people reach the gateway, if not under host and port. */
  readonly publicUrl: string | undefined;
  /** Where `/metrics` is answered; nowhere, where it is absent. */
  readonly metrics?: Address | undefined;
  /** The proxies in front, whose word for a client's address is taken. */
  readonly trustedProxies: TrustedProxies | undefined;
  readonly home: string;
  readonly dataDir: string;
  readonly databaseUrl: Secret | undefined;
  readonly secretKey: Secret | undefined;
  /** Single sign-on, where there is one. */
  readonly oidc: OidcConfig | undefined;
  readonly allowStdioConnectors: boolean;
  readonly allowPrivateAddresses: boolean;
  readonly logLevel: LogLevel;
  readonly limits: LimitsConfig;
  /** Start as a new organization where the data folder has lost its database or its key. */
  readonly startNew?: boolean | undefined;
}

/** What actions.md leaves to configuration; absent ones keep the gateway's defaults. Milliseconds and counts. */
export interface LimitsConfig {
  readonly pendingExpiryMs?: number;
  readonly pendingPerSession?: number;
  readonly invokesPerWindow?: number;
}

/** Environment → configuration; a flag goes before its variable. Throws `usage`, naming what to mend. */
export function gatewayConfig(flags: GatewayFlags, env: Env): GatewayConfig {
  const home = assentHome(env);
  refuseBadProxies(env);
  return {
    host: flags.host ?? env.ASSENT_HOST ?? '127.0.0.1',
    port: port(flags.port ?? env.ASSENT_PORT ?? '4747'),
    publicUrl: publicUrl(flags.publicUrl ?? env.ASSENT_PUBLIC_URL),
    metrics: metricsAddress(flags.metrics, env),
    trustedProxies: trustedProxies(env.ASSENT_TRUSTED_PROXIES),
    home,
    dataDir: resolve(flags.dataDir ?? env.ASSENT_DATA_DIR ?? join(home, 'data')),
    databaseUrl: databaseUrl(flags.databaseUrl ?? secretVariable(env, 'ASSENT_DATABASE_URL')),
    secretKey: secretKey(env),
    oidc: oidcConfig(env),
    allowStdioConnectors: flags.allowStdioConnectors ?? isOn(env, 'ASSENT_ALLOW_STDIO_CONNECTORS'),
    allowPrivateAddresses: flags.allowPrivateAddresses ?? isOn(env, 'ASSENT_ALLOW_PRIVATE_ADDRESSES'),
    logLevel: logLevel(flags.logLevel ?? env.ASSENT_LOG_LEVEL ?? 'info'),
    limits: limits(env),
    startNew: flags.startNew,
  };
}

/** They are read anew for each connection; what is wrong with them is said here. */
function refuseBadProxies(env: Env): void {
  try {
    proxiesIn(env);
  } catch (error) {
    throw new ConfigError('usage', messageOf(error));
  }
}

function port(text: string): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value;
  throw new ConfigError('usage', `"${text}" is no port. Give a number from 0 (any free one) to 65535.`);
}

function publicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new ConfigError(
      'usage',
      `"${text}" is no address for people. Give one like https://assent.example.com.`,
    );
  }
  const { origin, pathname, search, hash, username, password } = new URL(text);
  if (pathname !== '/' || `${search}${hash}${username}${password}` !== '') {
    throw new ConfigError(
      'usage',
      `"${text}" is more than a scheme, a host and a port. The gateway answers at the root of its address: give it a host name or a port of its own, like ${origin}.`,
    );
  }
  return origin;
}

function databaseUrl(text: string | undefined): Secret | undefined {
  if (text === undefined) return undefined;
  if (/^postgres(ql)?:\/\//.test(text)) return new Secret(text);
  throw new ConfigError(
    'usage',
    'A database URL begins with postgres://. Without one, the gateway keeps its own database.',
  );
}

function secretKey(env: Env): Secret | undefined {
  const text = secretVariable(env, 'ASSENT_SECRET_KEY');
  return text ? new Secret(text) : undefined;
}

function logLevel(text: string): LogLevel {
  const level = logLevels.find((one) => one === text);
  if (level !== undefined) return level;
  throw new ConfigError('usage', `"${text}" is no log level. Choose one of ${logLevels.join(', ')}.`);
}

function limits(env: Env): LimitsConfig {
  const pendingExpirySeconds = count(env, 'ASSENT_PENDING_EXPIRY_SECONDS');
  const pendingPerSession = count(env, 'ASSENT_MAX_PENDING_PER_SESSION');
  const invokesPerWindow = count(env, 'ASSENT_INVOKES_PER_MINUTE');
  return {
    ...(pendingExpirySeconds !== undefined && { pendingExpiryMs: pendingExpirySeconds * 1000 }),
    ...(pendingPerSession !== undefined && { pendingPerSession }),
    ...(invokesPerWindow !== undefined && { invokesPerWindow }),
  };
}

function count(env: Env, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= 1) return value;
  throw new ConfigError('usage', `${name} is "${text}". Give a whole number from 1.`);
}

function isOn(env: Env, name: string): boolean {
  const text = env[name];
  const on = text ? switchValue(text) : false;
  if (on !== undefined) return on;
  throw new ConfigError('usage', `${name} is "${text}", which is neither on nor off. Write 1 or 0.`);
}
