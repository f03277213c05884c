import type { ConnectorAuth } from '../../contract/connectors.ts';
import type { Credential, SourceContext } from '../action-source.ts';
import { McpFault } from './faults.ts';

/** What an operation shows to the server: HTTP headers, or environment variables. */
export interface Credentials {
  readonly values: Readonly<Record<string, string>>;
  /** What must not appear in any message. */
  readonly secret: string | undefined;
}

const none: Credentials = { values: {}, secret: undefined };

/** Headers for a server. Throws `McpFault` `bad_configuration`, and what `credential` throws. */
export async function headersFor(auth: ConnectorAuth, context: SourceContext): Promise<Credentials> {
  if (auth.type === 'none') return none;
  const secret = reveal(await context.credential(auth.secretKey), auth.secretKey);
  if (!/^[\x20-\x7e]+$/.test(secret)) {
    throw new McpFault(
      'bad_configuration',
      `the secret "${auth.secretKey}" has characters that no HTTP header can carry. Set it anew.`,
    );
  }
  const values = auth.type === 'bearer' ? { authorization: `Bearer ${secret}` } : { [auth.header]: secret };
  return { values, secret };
}

/**
 * Variables for a local command: `header` names the variable; there is nothing that a bearer token could stand in.
 * Throws as `headersFor`.
 */
export async function variablesFor(auth: ConnectorAuth, context: SourceContext): Promise<Credentials> {
  if (auth.type === 'none') return none;
  if (auth.type === 'bearer') {
    throw new McpFault(
      'bad_configuration',
      'a local command takes no bearer token. Use the auth type "header" with the name of an environment variable.',
    );
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(auth.header)) {
    throw new McpFault(
      'bad_configuration',
      `"${auth.header}" is no name of an environment variable. Use letters, digits and "_".`,
    );
  }
  const secret = reveal(await context.credential(auth.secretKey), auth.secretKey);
  return { values: { [auth.header]: secret }, secret };
}

function reveal(credential: Credential, key: string): string {
  const text = credential.reveal();
  if (/[\0\r\n]/.test(text)) {
    throw new McpFault(
      'bad_configuration',
      `the secret "${key}" has a line break or a NUL in it. Set it anew, without.`,
    );
  }
  return text;
}
