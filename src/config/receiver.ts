import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseAddress } from '../lib/address.ts';
import { configLines } from '../lib/config-lines.ts';
import { messageOf } from '../lib/errors.ts';
import { switchValue } from '../lib/switch-value.ts';
import { readTrustedFile } from '../lib/trusted-file.ts';
import { ConfigError } from './errors.ts';

/** By the names of the configuration file, from there or from the command line, which goes before it. */
export type ReceiverSettings = Readonly<Record<string, string | undefined>>;

/** Every name of the configuration file, and what it means. `--max-conns` is the flag of `max_conns`. */
export const receiverSettings = {
  listen: ['ADDRESS', 'where to listen (127.0.0.1:5011); `:5011` is every IPv4 address'],
  root: ['DIR', 'the folder that packs may not leave; there is no default'],
  pubkeys: ['FILE', 'the keys that are trusted (action_pack_pubkeys)'],
  policy: ['FILE', 'what each key may do (action_pack.policy, where there is one)'],
  seen: ['FILE', 'where the packs that have run are remembered (action_pack_seen)'],
  allow_local: ['0|1', 'take packs from this machine (1)'],
  allow_tailscale: ['0|1', 'take packs from Tailscale addresses (1)'],
  max_conns: ['N', 'how many packs run at once (8)'],
  io_timeout_ms: ['MS', 'how long a request may take to arrive (5000)'],
  max_request: ['BYTES', 'the largest request (4194304)'],
  max_output: ['BYTES', 'what is kept of each stream of a step (262144)'],
} as const;

/** The flags of each setting: `--max-conns`, and the long form `--action-pack-max-conns` that the original program takes. */
export function receiverFlags(name: string): readonly [short: string, long: string] {
  const short = name.replaceAll('_', '-');
  return [short, `action-pack-${short}`];
}

/** The settings among parsed flags, by either name. */
export function settingsOf(flags: Readonly<Record<string, string | boolean | undefined>>): ReceiverSettings {
  const entries = Object.keys(receiverSettings).map((name) => {
    const value = receiverFlags(name)
      .map((flag) => flags[flag])
      .find((one) => typeof one === 'string');
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/** Where a receiver keeps its files, unless it is told otherwise. */
export function receiverFiles(home: string) {
  return {
    conf: join(home, 'action_pack_receiver.conf'),
    pubkeys: join(home, 'action_pack_pubkeys'),
    policy: join(home, 'action_pack.policy'),
    seen: join(home, 'action_pack_seen'),
  };
}

/**
 * Flags and configuration file → what the receiver runs with. Throws `usage`, naming the setting and what it takes.
 */
export function receiverConfig(flags: ReceiverSettings, home: string) {
  const files = receiverFiles(home);
  const settings: ReceiverSettings = { ...readConfiguration(files.conf), ...given(flags) };
  if (!settings.root)
    throw usage('There is no root. Name the folder that packs may not leave, with --root DIR.');
  return {
    listen: listenAddress(settings.listen ?? '127.0.0.1:5011'),
    root: settings.root,
    pubkeys: settings.pubkeys ?? files.pubkeys,
    policy: settings.policy,
    defaultPolicy: files.policy,
    seen: settings.seen ?? files.seen,
    conf: files.conf,
    allowLocal: onOrOff('allow_local', settings.allow_local ?? '1'),
    allowTailscale: onOrOff('allow_tailscale', settings.allow_tailscale ?? '1'),
    maxConns: count('max_conns', settings.max_conns ?? '8'),
    ioTimeoutMs: count('io_timeout_ms', settings.io_timeout_ms ?? '5000'),
    maxRequest: count('max_request', settings.max_request ?? '4194304'),
    maxOutput: count('max_output', settings.max_output ?? '262144'),
  };
}

function readConfiguration(path: string): ReceiverSettings {
  if (!existsSync(path)) return {};
  const settings: Record<string, string> = {};
  for (const [number, line] of configLines(readConfigurationFile(path))) {
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(equals, 0));
    if (!Object.hasOwn(receiverSettings, name))
      throw usage(
        `${path} line ${number}: "${line}" is no setting. There are ${Object.keys(receiverSettings).join(', ')}.`,
      );
    settings[name] = line.slice(equals + 1);
  }
  return settings;
}

function readConfigurationFile(path: string): string {
  try {
    return readTrustedFile(path, 'configuration');
  } catch (error) {
    throw new ConfigError('unreadable', messageOf(error), { cause: error });
  }
}

function given(flags: ReceiverSettings): ReceiverSettings {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

function listenAddress(text: string) {
  const address = parseAddress(text.startsWith(':') ? `0.0.0.0${text}` : text, 0);
  if (address !== undefined) return address;
  throw usage(`listen=${text} is no address. Write 127.0.0.1:5011, :5011 or [::1]:5011.`);
}

function onOrOff(name: string, text: string): boolean {
  const on = switchValue(text);
  if (on === undefined) throw usage(`${name}=${text} is neither 1 nor 0.`);
  return on;
}

function count(name: string, text: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw usage(`${name}=${text} is no whole number from 1 to 999999999.`);
}

function usage(message: string): ConfigError {
  return new ConfigError('usage', message);
}
