import { type GatewayFlags, gatewayConfig, logLevels } from '../../config/gateway.ts';
import { command } from '../command.ts';
import { usage } from '../exit.ts';
import { hideSecrets } from '../hidden-secrets.ts';
import { note } from '../print.ts';
import { readableSecrets } from '../readable-secrets.ts';

export const up = command({
  example: 'assent up --port 4747',
  more: `The first start makes the database, an organization and its owner, and logs this machine in. Each flag but --recover and
--new has an environment variable of the same meaning: ASSENT_HOST, ASSENT_PORT, ASSENT_DATA_DIR, ASSENT_DATABASE_URL, ASSENT_PUBLIC_URL,
ASSENT_METRICS_ADDRESS and so on.`,
  flags: {
    host: { type: 'text', value: 'ADDRESS', about: 'where to listen (127.0.0.1)' },
    port: { type: 'text', value: 'PORT', about: 'the port (4747); 0 picks a free one' },
    'data-dir': {
      type: 'text',
      value: 'DIR',
      about: 'where the embedded database and the keys are ($ASSENT_HOME/data)',
    },
    'database-url': {
      type: 'text',
      value: 'URL',
      about:
        'postgres://…, in place of the embedded database; everybody on this machine can read a password here, and not in ASSENT_DATABASE_URL_FILE',
    },
    'public-url': { type: 'text', value: 'URL', about: 'where people reach the gateway, if not there' },
    metrics: {
      type: 'text',
      value: 'HOST:PORT',
      about: 'answer /metrics there, for Prometheus; nowhere, if it is left out',
    },
    'allow-stdio-connectors': { type: 'switch', about: 'connectors may start commands on this machine' },
    'allow-private-addresses': { type: 'switch', about: 'connectors may reach private and local addresses' },
    'log-level': {
      type: 'text',
      value: 'LEVEL',
      about: 'how much goes to standard error (info)',
      choices: logLevels,
    },
    new: {
      type: 'switch',
      about: 'start as a new organization where the data folder has lost its database or its key',
    },
    recover: {
      type: 'text',
      value: 'EMAIL',
      about: 'print a link that lets this member set a new password or passkey, who has lost the old ones',
    },
  },
  async run({ flags, json }) {
    if (json) throw usage('`assent up` runs until it is stopped, and has no document to print.');
    const secrets = hideSecrets();
    const config = gatewayConfig(given(flags), process.env);
    if (flags.new && config.databaseUrl !== undefined)
      throw usage('--new is for the embedded database. With PostgreSQL, name a new database instead.');
    if (config.allowStdioConnectors) for (const sentence of readableSecrets(secrets)) note(sentence);
    const { up } = await import('../../main/up.ts');
    await up(config, flags.recover);
    return undefined;
  },
});

interface UpFlags {
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly 'data-dir': string | undefined;
  readonly 'database-url': string | undefined;
  readonly 'public-url': string | undefined;
  readonly metrics: string | undefined;
  readonly 'allow-stdio-connectors': boolean;
  readonly 'allow-private-addresses': boolean;
  readonly 'log-level': string | undefined;
  readonly new: boolean;
}

/** A switch that is not given leaves it to the environment. */
function given(flags: UpFlags): GatewayFlags {
  return {
    host: flags.host,
    port: flags.port,
    dataDir: flags['data-dir'],
    databaseUrl: flags['database-url'],
    publicUrl: flags['public-url'],
    metrics: flags.metrics,
    allowStdioConnectors: flags['allow-stdio-connectors'] || undefined,
    allowPrivateAddresses: flags['allow-private-addresses'] || undefined,
    logLevel: flags['log-level'],
    startNew: flags.new,
  };
}
