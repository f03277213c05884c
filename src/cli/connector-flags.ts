import type { ConnectorLimits, ConnectorTransport, NamedValue } from '../contract/connectors.ts';
import { usage } from './exit.ts';
import { shellWords } from './shell.ts';

/** What a connector's server gets, and how long it may take. */
export const settingFlags = {
  header: { type: 'list', value: 'NAME=VALUE', about: 'a header to send; as often as there are headers' },
  'header-secret': { type: 'list', value: 'NAME=KEY', about: 'the same with the value of a secret' },
  env: { type: 'list', value: 'NAME=VALUE', about: 'an environment variable of the command; also repeated' },
  'env-secret': { type: 'list', value: 'NAME=KEY', about: 'the same with the value of a secret' },
  cwd: { type: 'text', value: 'DIR', about: "the folder that the command runs in, on the gateway's machine" },
  parallel: { type: 'switch', about: 'several processes of the command may run at a time' },
  'start-timeout': { type: 'text', value: 'SECONDS', about: 'for start and handshake alone (in the others)' },
  'list-timeout': { type: 'text', value: 'SECONDS', about: 'for the list of tools (15)' },
  'call-timeout': { type: 'text', value: 'SECONDS', about: 'for a call without a report of progress (30)' },
  'longest-call': { type: 'text', value: 'SECONDS', about: 'for a call that reports progress (twice that)' },
} as const;

export const whereFlags = {
  url: { type: 'text', value: 'URL', about: 'the server, over Streamable HTTP' },
  command: { type: 'text', value: '"CMD ARGS"', about: 'the command that starts it, in quotes' },
} as const;

type TextFlag =
  | 'cwd'
  | 'start-timeout'
  | 'list-timeout'
  | 'call-timeout'
  | 'longest-call'
  | 'url'
  | 'command';
type ListFlag = 'header' | 'header-secret' | 'env' | 'env-secret';
export type SettingFlags = { readonly [Name in TextFlag]: string | undefined } & {
  readonly [Name in ListFlag]: readonly string[];
} & { readonly parallel: boolean };

/** Flag → the limit that it sets. */
const limitFlags = {
  'start-timeout': 'startMs',
  'list-timeout': 'listMs',
  'call-timeout': 'callMs',
  'longest-call': 'longestCallMs',
} as const satisfies Partial<Record<TextFlag, keyof ConnectorLimits>>;

/**
 * The transport that flags describe, or make of one that there is; what they do not name stays. What `unset` names goes:
 * headers, variables, and the flags `cwd`, `parallel` and those of limits. Throws `usage`.
 */
export function transportOf(
  flags: SettingFlags,
  before?: ConnectorTransport,
  unset: readonly string[] = [],
): ConnectorTransport {
  const reached = reachedBy(flags, before && withoutSettings(before, unset));
  const limits = { ...reached.limits, ...limitsOf(flags) };
  const given = Object.keys(limits).length > 0 ? { limits } : {};
  if (reached.type === 'http') {
    refuseOthers(flags, ['env', 'env-secret', 'cwd', 'parallel'], 'a local command (--command)');
    const headers = merged(reached.headers, entries(flags, 'header'), unset);
    return { ...reached, ...(headers.length > 0 || reached.headers ? { headers } : {}), ...given };
  }
  refuseOthers(flags, ['header', 'header-secret'], 'a server with a URL (--url)');
  const env = merged(reached.env, entries(flags, 'env'), unset);
  return {
    ...reached,
    ...(env.length > 0 || reached.env ? { env } : {}),
    ...(flags.cwd !== undefined && { cwd: flags.cwd }),
    ...(flags.parallel && { parallel: true }),
    ...given,
  };
}

function reachedBy(
  { url, command }: SettingFlags,
  before: ConnectorTransport | undefined,
): ConnectorTransport {
  if (url !== undefined && command !== undefined) throw usage('--url and --command exclude each other.');
  if (url !== undefined) return { ...(before?.type === 'http' ? before : {}), type: 'http', url };
  if (command === undefined) {
    if (before !== undefined) return before;
    throw usage('Say where the server is: --url URL, or --command "CMD ARGS".');
  }
  const [program, ...args] = shellWords(command);
  if (program === undefined) throw usage('Say where the server is: --url URL, or --command "CMD ARGS".');
  return { ...(before?.type === 'stdio' ? before : {}), type: 'stdio', command: program, args };
}

function refuseOthers(flags: SettingFlags, names: readonly (keyof SettingFlags)[], whose: string): void {
  const one = names.find((name) => {
    const value = flags[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
  if (one !== undefined) throw usage(`--${one} is for ${whose}.`);
}

function entries(flags: SettingFlags, kind: 'header' | 'env'): NamedValue[] {
  return [
    ...flags[kind].map((text) => split(text, kind)).map(([name, value]) => ({ name, value })),
    ...flags[`${kind}-secret`]
      .map((text) => split(text, `${kind}-secret`))
      .map(([name, secretKey]) => ({ name, secretKey })),
  ];
}

function split(text: string, flag: string): readonly [string, string] {
  const at = text.indexOf('=');
  // The text may be a secret: it is not repeated.
  if (at < 1) throw usage(`--${flag} takes a name and what stands under it, like --${flag} NAME=…`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function merged(
  before: readonly NamedValue[] | undefined,
  given: readonly NamedValue[],
  unset: readonly string[],
): NamedValue[] {
  const replaced = new Set([...given.map(({ name }) => name), ...unset].map((name) => name.toLowerCase()));
  return [...(before ?? []).filter(({ name }) => !replaced.has(name.toLowerCase())), ...given];
}

function limitsOf(flags: SettingFlags): ConnectorLimits {
  const all = Object.entries(limitFlags).map(
    // The names of a constant table.
    ([flag, limit]) => [limit, milliseconds(flags, flag as keyof typeof limitFlags)] as const,
  );
  return Object.fromEntries(all.filter(([, ms]) => ms !== undefined));
}

function withoutSettings(before: ConnectorTransport, unset: readonly string[]): ConnectorTransport {
  // As the flags are written, also with their dashes.
  const names = new Set(unset.map((name) => name.replace(/^--/, '')));
  const gone = new Set<string>(
    Object.entries(limitFlags).flatMap(([flag, limit]) => (names.has(flag) ? [limit] : [])),
  );
  const { limits = {}, ...rest } = before;
  const kept = Object.fromEntries(Object.entries(limits).filter(([limit]) => !gone.has(limit)));
  const withLimits = { ...rest, ...(Object.keys(kept).length > 0 && { limits: kept }) };
  if (withLimits.type === 'http') return withLimits;
  const { cwd, parallel, ...stdio } = withLimits;
  return {
    ...stdio,
    ...(cwd !== undefined && !names.has('cwd') && { cwd }),
    ...(parallel !== undefined && !names.has('parallel') && { parallel }),
  };
}

function milliseconds(flags: SettingFlags, name: TextFlag): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(text)) throw usage(`--${name} takes seconds, like --${name} 60.`);
  return Math.round(Number(text) * 1000);
}
