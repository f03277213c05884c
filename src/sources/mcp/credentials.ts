import type { ConnectorAuth, ConnectorTransport, NamedValue } from '../../contract/connectors.ts';
import type { SourceContext } from '../action-source.ts';
import { McpFault } from './faults.ts';

/** What an operation gives to the server: HTTP headers, or environment variables. */
export interface Credentials {
  readonly values: Readonly<Record<string, string>>;
  /** Whether a secret is among them. */
  readonly hasSecret: boolean;
}

type Transport<Type> = Extract<ConnectorTransport, { readonly type: Type }>;

/** Headers for a server. Throws `McpFault` `bad_configuration`, and what `credential` throws. */
export async function headersFor(
  { headers = [] }: Transport<'http'>,
  auth: ConnectorAuth,
  context: SourceContext,
): Promise<Credentials> {
  const own = auth.type === 'header' ? [{ name: auth.header, secretKey: auth.secretKey }] : [];
  const given = await valuesOf([...headers, ...own], context, refuseForHeader);
  if (auth.type !== 'bearer') return given;
  const { token = '' } = (await valuesOf([{ ...auth, name: 'token' }], context, refuseForHeader)).values;
  return { values: { ...given.values, authorization: `Bearer ${token}` }, hasSecret: true };
}

/**
 * Variables for a local command: `header` of its auth names a variable; there is nothing that a bearer token could stand in.
 * Throws as `headersFor`.
 */
export async function variablesFor(
  { env = [] }: Transport<'stdio'>,
  auth: ConnectorAuth,
  context: SourceContext,
): Promise<Credentials> {
  if (auth.type === 'bearer') {
    throw new McpFault(
      'bad_configuration',
      'a local command takes no bearer token. Use the auth type "header" with the name of an environment variable.',
    );
  }
  if (auth.type === 'header' && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(auth.header)) {
    throw new McpFault(
      'bad_configuration',
      `"${auth.header}" is no name of an environment variable. Use letters, digits and "_".`,
    );
  }
  const own = auth.type === 'header' ? [{ name: auth.header, secretKey: auth.secretKey }] : [];
  return valuesOf([...env, ...own], context, refuseForVariable);
}

/** Why a secret cannot stand where it is to stand; `undefined` where it can. */
type Refusal = (secret: string) => string | undefined;

async function valuesOf(
  all: readonly NamedValue[],
  context: SourceContext,
  refuse: Refusal,
): Promise<Credentials> {
  const values: Record<string, string> = {};
  let hasSecret = false;
  for (const one of all) {
    if ('value' in one) values[one.name] = one.value;
    else {
      const secret = (await context.credential(one.secretKey)).reveal();
      const reason = refuse(secret);
      if (reason !== undefined)
        throw new McpFault('bad_configuration', `the secret "${one.secretKey}" has ${reason}`);
      values[one.name] = secret;
      hasSecret = true;
    }
  }
  return { values, hasSecret };
}

function refuseForVariable(secret: string): string | undefined {
  return /[\0\r\n]/.test(secret) ? 'a line break or a NUL in it. Set it anew, without.' : undefined;
}

function refuseForHeader(secret: string): string | undefined {
  const isCarried = /^[\x20-\x7e]+$/.test(secret);
  return (
    refuseForVariable(secret) ??
    (isCarried ? undefined : 'characters that no HTTP header can carry. Set it anew.')
  );
}

/** The keys of all secrets that a connector names. */
export function secretKeysOf(transport: ConnectorTransport, auth: ConnectorAuth): string[] {
  const entries = (transport.type === 'http' ? transport.headers : transport.env) ?? [];
  const keys = entries.flatMap((one) => ('secretKey' in one ? [one.secretKey] : []));
  return [...new Set([...(auth.type === 'none' ? [] : [auth.secretKey]), ...keys])];
}
