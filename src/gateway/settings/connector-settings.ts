import type {
  Connector,
  ConnectorLimits,
  ConnectorPatch,
  ConnectorTransport,
  NamedValue,
} from '../../contract/connectors.ts';
import { GatewayError } from '../errors.ts';
import type { ConnectorAccess } from '../gateway.ts';

/** What HTTP and MCP themselves say in headers, by names and by how they begin. */
const headersOfTheProtocol =
  /^(?:host|content-.*|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|accept|accept-encoding|last-event-id|proxy-.*|mcp-.*)$/i;
/** Headers that are credentials: their values belong among the secrets. */
const headersOfSecrets = /^(?:authorization|cookie)$/i;
const inHeaders = /^[\x20-\x7e]*$/;

/**
 * Refuses what no server could be reached with: throws `invalid_request`, in a sentence.
 *
 * An environment variable may have any name, `PATH` and `NODE_OPTIONS` included: whoever sets it, an admin, chooses the
 * command itself, and could as well name another.
 */
export function refuseSettings(access: ConnectorAccess, { transport, auth }: ConnectorPatch): void {
  if (transport === undefined) return;
  if (transport.limits !== undefined) refuseLimits(transport.limits);
  if (transport.type === 'http') refuseHttp(transport);
  else refuseStdio(access, transport);
  refuseNamesTwice({ transport, auth: auth ?? { type: 'none' } });
}

/** Refuses a header or a variable that the transport and the auth would both set: throws `invalid_request`. */
export function refuseNamesTwice({ transport, auth }: Pick<Connector, 'transport' | 'auth'>): void {
  const isHeader = auth.type === 'header';
  if (transport.type === 'stdio') {
    const names = (transport.env ?? []).map(({ name }) => name);
    return refuseTwice('variable', [...names, ...(isHeader ? [auth.header] : [])]);
  }
  const names = (transport.headers ?? []).map(({ name }) => name);
  const shown = isHeader ? [auth.header] : auth.type === 'bearer' ? ['authorization'] : [];
  refuseTwice(
    'header',
    [...names, ...shown].map((name) => name.toLowerCase()),
  );
}

function refuseHttp({ url, headers = [] }: Extract<ConnectorTransport, { type: 'http' }>): void {
  const { username, password } = new URL(url);
  if (username !== '' || password !== '')
    throw refused(
      "Put no password into a connector's URL: store it with `assent secrets set`, and name its key.",
    );
  for (const one of headers) refuseHeader(one);
}

function refuseHeader(one: NamedValue): void {
  const { name } = one;
  if (headersOfTheProtocol.test(name))
    throw refused(`The header "${name}" is the protocol's own, and is set by the gateway.`);
  if (!('value' in one)) return;
  if (headersOfSecrets.test(name))
    throw refused(
      `The header "${name}" holds a credential: store its value with \`assent secrets set\`, and name its key.`,
    );
  if (!inHeaders.test(one.value))
    throw refused(`The value of the header "${name}" has characters that no header can carry.`);
}

function refuseStdio(
  { allowStdio }: ConnectorAccess,
  { env = [], command, args, cwd = '' }: Extract<ConnectorTransport, { type: 'stdio' }>,
): void {
  if (!allowStdio)
    throw refused(
      'This gateway does not start local commands for connectors. Whoever runs it can allow them: `assent up --allow-stdio-connectors`.',
    );
  const texts = [command, cwd, ...args, ...env.flatMap((one) => ('value' in one ? [one.value] : []))];
  if (texts.some((text) => text.includes('\0')))
    throw refused('A command, its arguments, its variables and its folder can hold no NUL.');
}

function refuseLimits({ callMs, longestCallMs }: ConnectorLimits): void {
  if (longestCallMs !== undefined && longestCallMs < (callMs ?? 0))
    throw refused(
      'The longest time of a call (longestCallMs) is shorter than its time without progress (callMs).',
    );
}

function refuseTwice(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refused(`The ${what} "${twice}" is set twice.`);
}

function refused(sentence: string): GatewayError {
  return new GatewayError('invalid_request', sentence);
}
