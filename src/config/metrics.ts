import { type Address, parseAddress } from '../lib/address.ts';
import { ConfigError } from './errors.ts';
import type { Env } from './home.ts';

/**
 * Where `/metrics` is answered: `--metrics`, else `ASSENT_METRICS_ADDRESS`, as `host:port`, where port 0 picks a free one. `undefined`
 * where neither is set: then nothing is counted. Throws `usage`.
 */
export function metricsAddress(flag: string | undefined, env: Env): Address | undefined {
  const [name, text] =
    flag === undefined ? ['ASSENT_METRICS_ADDRESS', env.ASSENT_METRICS_ADDRESS] : ['--metrics', flag];
  if (!text) return undefined;
  const address = parseAddress(text, 0);
  if (address !== undefined) return address;
  throw new ConfigError(
    'usage',
    `${name} is "${text}", which is no address to listen at. Write 127.0.0.1:9464, or [::1]:9464.`,
  );
}
