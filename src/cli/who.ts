import { agentConfig } from '../config/agent.ts';
import { Client } from './client.ts';
import { Failure, usage } from './exit.ts';

/** The gateway as this machine's user: from two variables where both are set, else from what `assent login` wrote. */
export async function asPerson(): Promise<Client> {
  const { ASSENT_GATEWAY_URL: url, ASSENT_USER_TOKEN: token } = process.env;
  if (url && token) {
    const { Secret } = await import('../lib/secret.ts');
    return new Client(webAddress('ASSENT_GATEWAY_URL', url), new Secret(token));
  }
  const [{ readCredentials }, { assentHome }] = await Promise.all([
    import('../config/credentials.ts'),
    import('../config/home.ts'),
  ]);
  const credentials = readCredentials(assentHome(process.env));
  if (credentials !== undefined) return new Client(credentials.url, credentials.token);
  throw new Failure(
    'unauthenticated',
    'Nobody is logged in here. Start a gateway with `assent up`, or log in to one with `assent login <url>`.',
  );
}

export interface Agent {
  readonly client: Client;
  /** `/v1/sessions/<id>/actions` */
  readonly actions: string;
  /** `/v1/sessions/<id>/events` */
  readonly events: string;
}

/** The gateway as an agent's session. Throws `usage` where one of the three variables is missing. */
export function asAgent(): Agent {
  const { url, sessionId, token } = agentConfig(process.env);
  const client = new Client(webAddress('ASSENT_GATEWAY_URL', url), token);
  const session = `/v1/sessions/${encodeURIComponent(sessionId)}`;
  return { client, actions: `${session}/actions`, events: `${session}/events` };
}

/** An address that can be asked. Throws `usage`. */
export function webAddress(name: string, text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw usage(`${name} is "${text}", which is no web address. Give one like http://127.0.0.1:4747.`);
}
