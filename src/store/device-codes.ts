import type { Database } from './engine/database.ts';
import type { DeviceCodeRow } from './tables.ts';

export async function insertDeviceCode(tx: Database, row: DeviceCodeRow): Promise<void> {
  await tx.insertInto('device_codes').values(row).execute();
}

/** One that is not decided and whose time is not over. */
export async function findWaitingCode(
  db: Database,
  userCodeHash: string,
  now: number,
): Promise<DeviceCodeRow | undefined> {
  return db
    .selectFrom('device_codes')
    .selectAll()
    .where('user_code_hash', '=', userCodeHash)
    .where('status', '=', 'waiting')
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Decides one that waits: `true` for who is first. */
export async function decideCode(
  tx: Database,
  id: string,
  status: 'approved' | 'denied',
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('device_codes')
    .set({ status })
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** One by what its command line holds, decided or not. */
export async function findDeviceCode(db: Database, deviceHash: string): Promise<DeviceCodeRow | undefined> {
  return db.selectFrom('device_codes').selectAll().where('device_hash', '=', deviceHash).executeTakeFirst();
}

/** Notes that a command line has asked: `false` where it asked less than `intervalMs` ago. */
export async function pollCode(tx: Database, id: string, now: number, intervalMs: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('device_codes')
    .set({ polled_at: now })
    .where('id', '=', id)
    .where((where) => where.or([where('polled_at', 'is', null), where('polled_at', '<=', now - intervalMs)]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes an approved code away: of several that ask, one gets it. */
export async function takeApprovedCode(tx: Database, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('device_codes')
    .where('id', '=', id)
    .where('status', '=', 'approved')
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
