import { lookup as dnsLookup } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AssentError } from '../lib/errors.ts';

/** Why a guarded connection was refused, or broken off. The message is the detail: an HTTP status, a size. */
export type GuardCode = 'private_address' | 'proxy' | 'redirect' | 'too_large';

export class GuardFault extends AssentError<GuardCode> {
  constructor(code: GuardCode, detail = '') {
    super(code, detail);
  }
}

export interface AddressPolicy {
  readonly allowPrivateAddresses: boolean;
  /** Resolves names in place of the system; for tests. */
  readonly resolve?: typeof dnsLookup;
}

/**
 * Which addresses may be connected to, for every protocol over TCP. All three checks belong to one connection:
 * `refuseHost` before it, `lookup` as the option of `net.connect` (or of whatever calls it), `refusePeer` after it. The
 * address that is checked is the one that is connected to: no name is resolved a second time in between. Each refuses with
 * `GuardFault` `private_address`.
 */
export interface AddressGuard {
  /** For a host that is itself an address, with or without brackets: Node connects to it without a lookup. A name passes. */
  refuseHost(host: string): GuardFault | undefined;
  /** Refuses a name where one of its addresses is refused: the system chooses which of them is used. */
  readonly lookup: LookupFunction;
  /** For a connected socket. A socket without a remote address is refused. */
  refusePeer(socket: Pick<Socket, 'remoteAddress'>): GuardFault | undefined;
}

export function addressGuard({ allowPrivateAddresses, resolve = dnsLookup }: AddressPolicy): AddressGuard {
  const refuse = (address: string): GuardFault | undefined =>
    allowPrivateAddresses || isPublicAddress(address) ? undefined : new GuardFault('private_address');
  return {
    refuseHost(host) {
      const address = host.replace(/^\[|\]$/g, '');
      return isIP(address) === 0 ? undefined : refuse(address);
    },
    lookup(hostname, options, done) {
      resolve(hostname, { ...options, all: true }, (error, addresses) => {
        if (error !== null) return done(error, []);
        for (const { address } of addresses) {
          const refused = refuse(address);
          if (refused !== undefined) return done(refused, []);
        }
        if (options.all === true) return done(null, addresses);
        const [first] = addresses;
        done(null, first?.address ?? '', first?.family ?? 0);
      });
    },
    refusePeer: ({ remoteAddress = '' }) => refuse(remoteAddress),
  };
}

/** Of the public ranges, and yet answered by the cloud's own host: Azure's agent and its metadata, from inside a machine there. */
const ofTheHost: ReadonlySet<string> = new Set(['168.63.129.16']);

/**
 * Whether an IP address belongs to the public internet. Private, loopback, link-local, multicast, documentation and
 * translated (NAT64, 6to4, Teredo) addresses do not; an IPv4 address inside IPv6 is judged as IPv4.
 */
export function isPublicAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.range() !== 'unicast' || ofTheHost.has(parsed.toString())) return false;
  // `::127.0.0.1` counts as unicast there, but only 2000::/3 is handed out (RFC 4291, section 2.4).
  return parsed instanceof ipaddr.IPv4 || parsed.match(ipaddr.IPv6.parseCIDR('2000::/3'));
}
