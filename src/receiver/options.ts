import type { Address } from '../lib/address.ts';

/** What the receiver runs with. Sizes are bytes, times milliseconds. */
export interface Options {
  readonly listen: Address;
  /** The folder that packs may not leave. */
  readonly root: string;
  readonly pubkeys: string;
  /** `undefined` where there is none: then a built-in list of commands holds. */
  readonly policy: string | undefined;
  /** Remembers the packs that have run. */
  readonly seen: string;
  /** The configuration file, which no pack may write. */
  readonly conf: string;
  readonly allowLocal: boolean;
  readonly allowTailscale: boolean;
  readonly maxConns: number;
  readonly ioTimeoutMs: number;
  readonly maxRequest: number;
  readonly maxOutput: number;
}
