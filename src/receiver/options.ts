import type { Address } from '../lib/address.ts';

/** What the receiver runs with. Sizes are bytes, times milliseconds. */
export interface Options {
  readonly listen: Address;
  /** The folder that packs may not leave. */
  readonly root: string;
  readonly pubkeys: string;
  /** Must be there. */
  readonly policy: string | undefined;
  /** Holds where it is there and no other is named: what is forgotten must not open anything. */
  readonly defaultPolicy: string;
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
