// The limits of what is kept of results, against a model that keeps a list.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { dropResults } from '../src/gateway/drop-results.ts';
import { newId } from '../src/lib/ids.ts';
import { type Dropped, keepResult, revokeKeptResults } from '../src/store/kept-results.ts';
import { engines } from './support/databases.ts';
import { startGateway } from './support/gateway.ts';

const limits = { keptMs: 1000, keptPerSessionBytes: 1000, keptBytes: 2500 };
const sessions = ['a', 'b', 'c', 'd'] as const;

interface Kept {
  readonly id: string;
  readonly session: string;
  readonly bytes: number;
  readonly at: number;
}

/** What must be there: the newest, as far as the limits go. */
class Model {
  there: Kept[] = [];
  readonly dropped = new Map<string, Dropped>();

  keep(kept: Kept): void {
    this.there.push(kept);
    this.#shrink(limits.keptPerSessionBytes, (one) => one.session === kept.session);
  }

  revoke(session: string): void {
    this.#drop('revoked', (one) => one.session === session);
  }

  round(now: number): void {
    this.#drop('age', (one) => one.at <= now - limits.keptMs);
    this.#shrink(limits.keptBytes, () => true);
  }

  #shrink(most: number, of: (one: Kept) => boolean): void {
    while (sumOf(this.there.filter(of)) > most) {
      const oldest = this.there.find(of);
      this.#drop('room', (one) => one === oldest);
    }
  }

  #drop(why: Dropped, which: (one: Kept) => boolean): void {
    for (const { id } of this.there.filter(which)) this.dropped.set(id, why);
    this.there = this.there.filter((one) => !which(one));
  }
}

function sumOf(kept: readonly Kept[]): number {
  return kept.reduce((sum, { bytes }) => sum + bytes, 0);
}

const session = fc.constantFrom(...sessions);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('keep'), session, bytes: fc.integer({ min: 1, max: 600 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.integer({ min: 0, max: 700 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke'), session }) },
);

for (const engine of engines) {
  describe(`what is kept of results, on ${engine.name}`, { skip: engine.skip }, () => {
    test('is the newest, within the limits, and is counted exactly', async (t) => {
      const time = { now: 1_800_000_000_000 };
      const replacements = { clock: () => time.now, limits, housekeepingMs: 1e9 };
      const { gateway } = await startGateway(t, replacements, {}, engine);
      const { store } = gateway;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          const model = new Model();
          const run = newId();
          for (const one of steps) {
            time.now += 1;
            if ('ms' in one) time.now += one.ms;
            else {
              const id = `${run} ${one.session}`;
              if ('bytes' in one) await keep({ id: newId(), session: id, bytes: one.bytes, at: time.now });
              else {
                await store.write((tx) => revokeKeptResults(tx, [id]));
                model.revoke(id);
              }
            }
            await dropResults(gateway);
            model.round(time.now);
            await agrees(model);
          }
          time.now += limits.keptMs;
          await dropResults(gateway);

          async function keep(kept: Kept): Promise<void> {
            const { id, session, bytes, at } = kept;
            const row = { invocation_id: id, session_id: session, bytes, kept_at: at, sealed: id };
            await store.write((tx) => keepResult(tx, row, limits.keptPerSessionBytes));
            model.keep(kept);
          }
        }),
        { numRuns: 40 },
      );

      async function agrees({ there, dropped }: Model): Promise<void> {
        const rows = await store.db.selectFrom('kept_results').selectAll().execute();
        const kept = rows.filter(({ sealed }) => sealed !== null);
        assert.deepEqual(
          kept.map(({ invocation_id }) => invocation_id).toSorted(),
          there.map(({ id }) => id).toSorted(),
        );
        for (const [id, why] of dropped)
          assert.equal(rows.find((row) => row.invocation_id === id)?.dropped, why);
        const sums = await store.db.selectFrom('kept_result_sums').selectAll().execute();
        const bySession = Map.groupBy(there, (one) => one.session);
        const expected = new Map([...bySession].map(([id, ofSession]) => [id, sumOf(ofSession)]));
        assert.deepEqual(
          new Map(sums.map(({ session_id, bytes }) => [session_id, bytes])),
          expected.set('', sumOf(there)),
        );
      }
    });

    test('is counted exactly by many who keep and drop at a time', async (t) => {
      const { gateway } = await startGateway(t, { limits, housekeepingMs: 1e9 }, {}, engine);
      const { store } = gateway;
      const keepOne = async (session: string) => {
        const row = {
          invocation_id: newId(),
          session_id: session,
          bytes: 400,
          kept_at: Date.now(),
          sealed: session,
        };
        await store.write(async (tx) => keepResult(tx, row, limits.keptPerSessionBytes));
        await dropResults(gateway);
      };
      // One after the other in a session, as those who hold its row do.
      await Promise.all(
        sessions.map(async (one) => {
          for (let times = 0; times < 15; times++) await keepOne(one);
        }),
      );
      await Promise.all([
        store.write((tx) => revokeKeptResults(tx, sessions.slice(0, 2))),
        ...sessions.slice(2).map(keepOne),
      ]);
      await dropResults(gateway);
      const kept = await store.db
        .selectFrom('kept_results')
        .select('session_id')
        .where('sealed', 'is not', null)
        .execute();
      const sums = await store.db.selectFrom('kept_result_sums').selectAll().execute();
      assert.ok(kept.length <= 4 && kept.length > 0);
      for (const { session_id, bytes } of sums) {
        const ofSession = kept.filter((one) => session_id === '' || one.session_id === session_id);
        assert.equal(bytes, 400 * ofSession.length);
      }
    });
  });
}
