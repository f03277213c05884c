import type { LookupAddress, lookup } from 'node:dns';

/** As `dns.lookup` with `all`, for names that exist in a test only. */
export function resolvingTo(...addresses: string[]): typeof lookup {
  const answer: LookupAddress[] = addresses.map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }));
  const resolve = (
    _name: string,
    _options: unknown,
    done: (error: null, all: LookupAddress[]) => void,
  ): void => done(null, answer);
  // Of its many forms only this one is called.
  return resolve as unknown as typeof lookup;
}
