import { dropRequestHashes, listHashedUntil } from '../../store/invocations.ts';
import type { Gateway } from '../gateway.ts';
import { comparableMs } from './idempotency.ts';

/** Hashes that are dropped in one transaction: others are to wait no longer than for that. */
const hashesAtOnce = 500;

/** Drops the hashes of requests that are a day old, so many at a time. Returns how many. */
export async function dropOldHashes(gateway: Gateway): Promise<number> {
  const { store, clock } = gateway;
  const ids = await listHashedUntil(store.db, clock() - comparableMs, hashesAtOnce);
  if (ids.length > 0) await store.write((tx) => dropRequestHashes(tx, ids), 'committed');
  return ids.length;
}
