import { BlockList, isIP } from 'node:net';

/** From where somebody may speak. */
export interface PeerFilter {
  readonly allowLocal: boolean;
  readonly allowTailscale: boolean;
}

/** Tells from a peer's address whether it may speak at all. */
export function peerFilter({ allowLocal, allowTailscale }: PeerFilter) {
  const allowed = new BlockList();
  if (allowLocal) {
    allowed.addSubnet('127.0.0.0', 8);
    allowed.addAddress('::1', 'ipv6');
  }
  if (allowTailscale) {
    allowed.addSubnet('100.64.0.0', 10);
    allowed.addSubnet('fd7a:115c:a1e0::', 48, 'ipv6');
  }
  return (peer: string) => {
    const address = peer.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
    const family = isIP(address);
    // A peer that has gone again already has no address.
    return family !== 0 && allowed.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}
