import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address belongs to the public internet. Private, loopback, link-local, multicast, documentation and
 * translated (NAT64, 6to4, Teredo) addresses do not; an IPv4 address inside IPv6 is judged as IPv4.
 */
export function isPublicAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.range() !== 'unicast') return false;
  // `::127.0.0.1` counts as unicast there, but only 2000::/3 is handed out (RFC 4291, section 2.4).
  return parsed instanceof ipaddr.IPv4 || parsed.match(ipaddr.IPv6.parseCIDR('2000::/3'));
}
