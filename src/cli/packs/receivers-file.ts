import { join } from 'node:path';
import { assentHome } from '../../config/home.ts';
import { type Address, parseAddress } from '../../lib/address.ts';
import { configLines } from '../../lib/config-lines.ts';
import { readIfThere, updatePrivateFile } from '../../lib/update-file.ts';
import { usage } from '../exit.ts';

export interface KnownReceiver {
  readonly name: string;
  readonly address: string;
}

export const toFlag = {
  type: 'text',
  value: 'RECEIVER',
  about: 'a registered name, host:port or [ipv6]:port',
} as const;

/** The receivers that have a name here, by name. */
export function knownReceivers(): KnownReceiver[] {
  return parse(readIfThere(path()));
}

/** Gives an address a name; the name's old address is forgotten. Throws `usage`. */
export function register(name: string, address: string): void {
  if (!/^[^\s:[\]#]{1,64}$/.test(name) || name.startsWith('-'))
    throw usage(`"${name}" cannot be a receiver's name. Leave blanks, colons and brackets out.`);
  addressOf(address);
  updatePrivateFile(path(), (text) => {
    const others = parse(text).filter((one) => one.name !== name);
    return [...others, { name, address }]
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((one) => `${one.name} ${one.address}\n`)
      .join('');
  });
}

/** Where `--to` leads. Throws `usage` for a name that nobody registered, and for an address that is none. */
export function resolveReceiver(to: string | undefined): Address {
  if (to === undefined) throw usage('--to is missing: a registered name, host:port or [ipv6]:port.');
  if (to.includes(':')) return addressOf(to);
  const known = knownReceivers().find(({ name }) => name === to);
  if (known !== undefined) return addressOf(known.address);
  throw usage(
    'unknown receiver (use: assent action-pack receivers | assent action-pack register <name> <addr>)',
  );
}

function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address !== undefined) return address;
  throw usage(
    /:\d+$/.test(text) ? 'invalid port' : `"${text}" is no address. Write host:port or [ipv6]:port.`,
  );
}

function parse(text: string): KnownReceiver[] {
  return [...configLines(text)].flatMap(([, line]) => {
    const [, name, address] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
    return name === undefined || address === undefined ? [] : [{ name, address }];
  });
}

function path(): string {
  return join(assentHome(process.env), 'action_pack_receivers');
}
