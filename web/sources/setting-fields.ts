import type { ConnectorLimits, ConnectorTransport, NamedValue } from '../../src/contract/connectors.ts';
import { argumentsOf, argumentsText } from './arguments.ts';

/** What a server gets beside its credential, and how long it may take, as the form has it. */
export interface SettingFields {
  /** `NAME=value`, one a line: headers of a request, or variables of a command. */
  readonly plain: string;
  /** `NAME=KEY`, one a line. */
  readonly secret: string;
  readonly cwd: string;
  readonly parallel: boolean;
  /** Seconds; empty for the usual. */
  readonly start: string;
  readonly list: string;
  readonly call: string;
  readonly longest: string;
}

export const emptySettings: SettingFields = {
  plain: '',
  secret: '',
  cwd: '',
  parallel: false,
  start: '',
  list: '',
  call: '',
  longest: '',
};

export function settingFieldsOf(transport: ConnectorTransport): SettingFields {
  const named = (transport.type === 'http' ? transport.headers : transport.env) ?? [];
  const { startMs, listMs, callMs, longestCallMs } = transport.limits ?? {};
  const lines = named.map((one) =>
    'value' in one ? { plain: `${one.name}=${one.value}` } : { secret: `${one.name}=${one.secretKey}` },
  );
  return {
    plain: argumentsText(lines.flatMap(({ plain = [] }) => plain)),
    secret: argumentsText(lines.flatMap(({ secret = [] }) => secret)),
    cwd: (transport.type === 'stdio' && transport.cwd) || '',
    parallel: transport.type === 'stdio' && transport.parallel === true,
    start: seconds(startMs),
    list: seconds(listMs),
    call: seconds(callMs),
    longest: seconds(longestCallMs),
  };
}

/** Throws a sentence for what is no `NAME=…`. */
export function namedValues({ plain, secret }: SettingFields): NamedValue[] {
  return [
    ...argumentsOf(plain)
      .map((line) => split(line))
      .map(([name, value]) => ({ name, value })),
    ...argumentsOf(secret)
      .map((line) => split(line))
      .map(([name, secretKey]) => ({ name, secretKey })),
  ];
}

/** Nothing where nothing is set. */
export function limitsOf({ start, list, call, longest }: SettingFields): { limits?: ConnectorLimits } {
  const all = {
    startMs: milliseconds(start),
    listMs: milliseconds(list),
    callMs: milliseconds(call),
    longestCallMs: milliseconds(longest),
  };
  const given = Object.entries(all).filter(([, ms]) => ms !== undefined);
  return given.length === 0 ? {} : { limits: Object.fromEntries(given) };
}

function split(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  if (at < 1) throw new Error('Each line is a name and what stands under it, like REGION=eu-1.');
  return [line.slice(0, at).trim(), line.slice(at + 1)];
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '' : String(ms / 1000);
}

function milliseconds(text: string): number | undefined {
  return text.trim() === '' ? undefined : Math.round(Number(text) * 1000);
}
