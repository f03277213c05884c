import { BlockList, isIP } from 'node:net';
import { ConfigError } from './errors.ts';

/** Whether what stands at this address may say for whom it speaks. */
export type TrustedProxies = (address: string) => boolean;

const networks: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/**
 * From `ASSENT_TRUSTED_PROXIES`: addresses, ranges and names of networks, with commas between. `undefined` where it is empty: then
 * nobody is. Throws `usage` for what is none of them.
 */
export function trustedProxies(text: string | undefined): TrustedProxies | undefined {
  if (!text) return undefined;
  const trusted = new BlockList();
  for (const part of text.split(',').map((one) => one.trim()))
    for (const one of Object.hasOwn(networks, part) ? (networks[part] ?? []) : [part]) add(trusted, one);
  return (address) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function add(trusted: BlockList, text: string): void {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? most : Number(bits);
  if (version === 0 || address.includes('%') || prefix > most) {
    throw new ConfigError(
      'usage',
      `ASSENT_TRUSTED_PROXIES has "${text}", which is no address and no range. Give those of the proxies in front, with commas between, like 127.0.0.1, 10.0.0.0/8 (or ${Object.keys(networks).join(', ')}), or unset it where there are none.`,
    );
  }
  trusted.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
}
