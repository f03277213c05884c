import { setImmediate as oneTurn } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import type { Database, Durability, Write } from './database.ts';
import type { DiskSync } from './disk-sync.ts';

interface Waiting {
  /** Returns the function that settles the caller's promise. */
  run(tx: Database): Promise<() => void>;
  readonly reject: (reason: unknown) => void;
}

const savepoint = CompiledQuery.raw('savepoint unit');
const release = CompiledQuery.raw('release unit');
const rollback = CompiledQuery.raw('rollback to unit');

/** How long the units of a batch may take together, ms, before it is committed without those left; a single one may take longer. */
const batchMs = 10;

/**
 * Writes for an engine with one writer: all units that arrive in one turn of the event loop share a transaction, and so
 * one sync of the disk. A unit's promise settles after the sync, so that nothing is answered that a crash could take away,
 * or after the commit where that is all it asks for; if either fails, every unit that waits for it fails. A batch that has taken
 * long is committed as it is, and the units left make the next one: what they write together holds everything else up again, in the
 * commit.
 *
 * Units seldom throw. So a batch first runs without a savepoint for each; if one throws, all of it is taken back and run
 * again with savepoints, so that a unit takes back what it did itself and nothing else. A unit may therefore run twice, and
 * has no effect but on the database.
 */
export function commitTogether(writer: Database, disk: DiskSync): Write {
  const queues: Readonly<Record<Durability, Queue>> = {
    committed: new Queue((batch) => flush(batch)),
    synced: new Queue((batch) => flush(batch, disk)),
  };

  return (unit, durability = 'synced') =>
    new Promise((resolve, reject) => {
      queues[durability].add({
        run: async (tx) => {
          const result = await unit(tx);
          return () => resolve(result);
        },
        reject,
      });
    });

  /** Gives the units that are left for the next batch. */
  async function flush(batch: readonly Waiting[], sync?: DiskSync): Promise<readonly Waiting[]> {
    try {
      const settled = (await commit(batch, runPlain)) ?? (await commit(batch, runGuarded)) ?? [];
      await sync?.sync();
      for (const settle of settled) settle();
      return batch.slice(settled.length);
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return [];
    }
  }

  /** Of the units that it came to; `undefined` where a unit of a plain run threw, and everything was taken back. */
  async function commit(batch: readonly Waiting[], run: Run): Promise<(() => void)[] | undefined> {
    try {
      return await writer.transaction().execute(async (tx) => {
        const settled: (() => void)[] = [];
        const until = performance.now() + batchMs;
        for (const unit of batch) {
          settled.push(await run(tx, unit));
          if (performance.now() >= until) break;
        }
        return settled;
      });
    } catch (error) {
      if (error instanceof UnitThrew) return undefined;
      throw error;
    }
  }
}

/**
 * One batch after the other: what arrives meanwhile makes the next one, so that the slower the disk is, the larger the
 * batches are. Units that need no sync have a queue of their own, and do not wait for one.
 */
class Queue {
  /** Gives those that are left. */
  readonly #flush: (batch: readonly Waiting[]) => Promise<readonly Waiting[]>;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(flush: (batch: readonly Waiting[]) => Promise<readonly Waiting[]>) {
    this.#flush = flush;
  }

  add(unit: Waiting): void {
    this.#waiting.push(unit);
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#flushAll();
  }

  async #flushAll(): Promise<void> {
    do {
      // Callers that were just answered, and others in this turn of the event loop, may still join the batch.
      await oneTurn();
      const batch = this.#waiting;
      this.#waiting = [];
      const left = await this.#flush(batch);
      this.#waiting = [...left, ...this.#waiting];
    } while (this.#waiting.length > 0);
    this.#isRunning = false;
  }
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
    await takeBack(tx, error);
    return () => unit.reject(error);
  }
}

/** Where SQLite has taken the whole transaction back by itself, as when the disk is full, it is that which all are told. */
async function takeBack(tx: Database, error: unknown): Promise<void> {
  try {
    await tx.executeQuery(rollback);
    await tx.executeQuery(release);
  } catch {
    throw error;
  }
}
