import type {
  Connector,
  ConnectorAuth,
  ConnectorBody,
  ConnectorTransport,
} from '../../src/contract/connectors.ts';
import type { RiskLevel } from '../../src/contract/modes.ts';
import { argumentsOf, argumentsText } from './arguments.ts';
import {
  emptySettings,
  limitsOf,
  namedValues,
  type SettingFields,
  settingFieldsOf,
} from './setting-fields.ts';

/** A connector as its form has it: every field is there, whatever is chosen. The value of a new secret is not among them. */
export interface ConnectorFields {
  readonly name: string;
  readonly transport: ConnectorTransport['type'];
  readonly url: string;
  readonly command: string;
  /** One a line. */
  readonly args: string;
  readonly auth: ConnectorAuth['type'];
  readonly header: string;
  /** The key of a secret that is there; empty for a new one. */
  readonly secretKey: string;
  readonly newKey: string;
  readonly defaultRisk: RiskLevel | '';
  readonly settings: SettingFields;
}

const emptyFields: ConnectorFields = {
  name: '',
  transport: 'http',
  url: '',
  command: '',
  args: '',
  auth: 'none',
  header: '',
  secretKey: '',
  newKey: '',
  defaultRisk: '',
  settings: emptySettings,
};

export function fieldsOf(connector?: Connector): ConnectorFields {
  if (connector === undefined) return emptyFields;
  const { name, transport, auth, defaultRisk } = connector;
  const reached =
    transport.type === 'http'
      ? { url: transport.url }
      : { command: transport.command, args: argumentsText(transport.args) };
  return {
    ...emptyFields,
    ...reached,
    name,
    transport: transport.type,
    auth: auth.type,
    ...(auth.type !== 'none' && { secretKey: auth.secretKey }),
    ...(auth.type === 'header' && { header: auth.header }),
    defaultRisk: defaultRisk ?? '',
    settings: settingFieldsOf(transport),
  };
}

/** What the gateway is asked for. */
export function bodyOf(fields: ConnectorFields): Omit<ConnectorBody, 'enabled'> {
  return {
    name: fields.name.trim(),
    transport: transportOf(fields),
    auth: authOf(fields),
    defaultRisk: fields.defaultRisk === '' ? null : fields.defaultRisk,
  };
}

function transportOf({ transport, url, command, args, settings }: ConnectorFields): ConnectorTransport {
  const named = namedValues(settings);
  const limits = limitsOf(settings);
  if (transport === 'http')
    return { type: 'http', url: url.trim(), ...(named.length > 0 && { headers: named }), ...limits };
  const cwd = settings.cwd.trim();
  return {
    type: 'stdio',
    command: command.trim(),
    args: argumentsOf(args),
    ...(named.length > 0 && { env: named }),
    ...(cwd !== '' && { cwd }),
    ...(settings.parallel && { parallel: true }),
    ...limits,
  };
}

function authOf({ auth, header, secretKey, newKey }: ConnectorFields): ConnectorAuth {
  if (auth === 'none') return { type: 'none' };
  const key = secretKey === '' ? newKey.trim() : secretKey;
  return auth === 'bearer'
    ? { type: 'bearer', secretKey: key }
    : { type: 'header', header: header.trim(), secretKey: key };
}

/** A local command takes no bearer token; it gets its secret in an environment variable, which is the `header` kind. */
export function withTransport(
  fields: ConnectorFields,
  transport: ConnectorFields['transport'],
): ConnectorFields {
  const auth = transport === 'stdio' && fields.auth === 'bearer' ? 'header' : fields.auth;
  return { ...fields, transport, auth };
}
