import { CompiledQuery } from 'kysely';
import type { Database, Durability, Write } from './database.ts';
import type { DiskSync } from './disk-sync.ts';

interface Waiting {
  /** Gives back what settles the caller's promise, once that is due. */
  run(tx: Database): Promise<() => void>;
  readonly reject: (reason: unknown) => void;
  readonly durability: Durability;
}

const savepoint = CompiledQuery.raw('savepoint unit');
const release = CompiledQuery.raw('release unit');
const rollback = CompiledQuery.raw('rollback to unit');

/**
 * Writes for an engine with one writer: all units that arrive in one turn of the event loop share a transaction, and so
 * one sync of the disk. A unit's promise settles after the sync, so that nothing is answered that a crash could take away,
 * or after the commit where that is all it asks for; if either fails, every unit that waits for it fails.
 *
 * Units seldom throw. So a batch first runs without a savepoint for each; if one throws, all of it is taken back and run
 * again with savepoints, so that a unit takes back what it did itself and nothing else. A unit may therefore run twice, and
 * has no effect but on the database.
 */
export function commitTogether(writer: Database, disk: DiskSync): Write {
  let waiting: Waiting[] = [];
  let running = false;

  return (unit, durability = 'synced') =>
    new Promise((resolve, reject) => {
      waiting.push({
        run: async (tx) => {
          const result = await unit(tx);
          return () => resolve(result);
        },
        reject,
        durability,
      });
      if (running) return;
      running = true;
      setImmediate(() => void flushAll());
    });

  /** What arrives while a batch is being synced makes the next one: the slower the disk, the larger the batches. */
  async function flushAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await flush(batch);
    }
    running = false;
  }

  async function flush(batch: readonly Waiting[]): Promise<void> {
    try {
      const settled = (await commit(batch, runPlain)) ?? (await commit(batch, runGuarded)) ?? [];
      for (const { durability, settle } of settled) if (durability === 'committed') settle();
      if (batch.every(({ durability }) => durability === 'committed')) return;
      await disk.sync();
      for (const { durability, settle } of settled) if (durability === 'synced') settle();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** `undefined` where a unit of a plain run threw, and everything was taken back. */
  async function commit(batch: readonly Waiting[], run: Run): Promise<Settled[] | undefined> {
    try {
      return await writer.transaction().execute(async (tx) => {
        const settled: Settled[] = [];
        for (const unit of batch) settled.push({ durability: unit.durability, settle: await run(tx, unit) });
        return settled;
      });
    } catch (error) {
      if (error instanceof UnitThrew) return undefined;
      throw error;
    }
  }
}

interface Settled {
  readonly durability: Durability;
  readonly settle: () => void;
}

type Run = (tx: Database, unit: Waiting) => Promise<() => void>;

class UnitThrew extends Error {}

async function runPlain(tx: Database, unit: Waiting): Promise<() => void> {
  try {
    return await unit.run(tx);
  } catch (cause) {
    throw new UnitThrew('a unit threw', { cause });
  }
}

async function runGuarded(tx: Database, unit: Waiting): Promise<() => void> {
  await tx.executeQuery(savepoint);
  try {
    const settle = await unit.run(tx);
    await tx.executeQuery(release);
    return settle;
  } catch (error) {
    await tx.executeQuery(rollback);
    await tx.executeQuery(release);
    return () => unit.reject(error);
  }
}
