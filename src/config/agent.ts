import { Secret } from '../lib/secret.ts';
import { ConfigError } from './errors.ts';
import type { Env } from './home.ts';

/** What an agent in its sandbox is given. */
export interface AgentConfig {
  readonly url: string;
  readonly sessionId: string;
  readonly token: Secret;
}

/** From the three variables that `assent sessions create` prints. Throws `usage`, naming those that are missing. */
export function agentConfig(env: Env): AgentConfig {
  const names = ['ASSENT_GATEWAY_URL', 'ASSENT_SESSION_ID', 'ASSENT_TOKEN'] as const;
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new ConfigError(
      'usage',
      `${listed(missing)} must be set. \`assent sessions create --shell\` prints them for a new session.`,
    );
  }
  const [url = '', sessionId = '', token = ''] = names.map((name) => env[name]);
  if (!URL.canParse(url))
    throw new ConfigError('usage', `ASSENT_GATEWAY_URL is "${url}", which is no address.`);
  return { url, sessionId, token: new Secret(token) };
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
