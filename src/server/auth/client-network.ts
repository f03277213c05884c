import ipaddr from 'ipaddr.js';
import { clientAddressHeader } from './better-auth.ts';

/** Bits of an IPv6 address that one network has of its own: whoever has it has all the addresses in it. */
const networkBits = 64;

/** What tries from a client's address are counted under. */
export function clientNetwork(headers: Headers): string {
  return networkOf(headers.get(clientAddressHeader) ?? '');
}

/** An IPv4 address as it is, an IPv6 one by its network. */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  if (!ipaddr.isValid(bare)) return address;
  const parsed = ipaddr.process(bare);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${networkBits}`).toString()}/${networkBits}`;
}
