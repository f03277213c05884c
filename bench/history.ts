// What the history costs at a million invocations (1 GB), on SQLite, in this process: how long an answer takes, and for how
// long nothing else gets to run meanwhile. `ROWS=100000 node bench/history.ts` is a smaller one.
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Database } from '../src/store/engine/database.ts';
import { openStore } from '../src/store/engine/open.ts';
import { countInvocations } from '../src/store/history/count-invocations.ts';
import { type InvocationFilter, listInvocations } from '../src/store/history/list-invocations.ts';
import { bounded } from './support/bounded.ts';
import {
  endsAt,
  fill,
  idOf,
  organizationId,
  rareSource,
  rareWord,
  rowCount,
  sessionOf,
  timeOf,
} from './support/history-rows.ts';
import { median, sized } from './support/rounds.ts';

const rounds = sized(5, 1);
const dayMs = 24 * 3600_000;

await bounded(async (bench) => {
  const path = join(bench.folder, 'assent.db');
  const measure = async (name: string, work: () => Promise<unknown>) => {
    bench.step(name, 600);
    await measured(name, work);
  };
  bench.step(`the database to be filled with ${rowCount} rows`, 3600);
  await (await openStore({ engine: 'sqlite', path })).close();
  fill(path);
  const store = await openStore({ engine: 'sqlite', path });
  bench.after(() => store.close());
  const { db } = store;
  const middle = Math.floor(rowCount / 2);
  const page = { organizationId, limit: 50 };
  const atEnd = { ...page, cursor: idOf(Math.floor(rowCount / 100)) };
  console.log(`${rowCount} invocations; ms: median of ${rounds}, and the longest that nothing else ran`);
  await measure('first page', () => listInvocations(db, page));
  await measure(`page at depth ${middle}`, () => listInvocations(db, { ...page, cursor: idOf(middle) }));
  await measure('completed (no index)', () => listInvocations(db, { ...page, status: 'completed' }));
  await measure('failed (three rows)', () => listInvocations(db, { ...page, status: 'failed' }));
  await measure('denied, at the far end', () => listInvocations(db, { ...atEnd, status: 'denied' }));
  await measure('pending (none)', () => listInvocations(db, { ...page, status: 'pending' }));
  await measure('executing (none)', () => listInvocations(db, { ...page, status: 'executing' }));
  await measure('a source with three rows', () => listInvocations(db, { ...page, sourceId: rareSource }));
  await measure('a session', () => listInvocations(db, { ...page, sessionId: sessionOf(middle) }));
  const hour = { from: timeOf(middle), to: timeOf(middle) + dayMs / 24 };
  await measure('an hour half way back', () => listInvocations(db, { ...page, ...hour }));
  await measure('text, one request', () => listInvocations(db, { ...page, text: rareWord }));
  await measure('text, to the end', () => toTheEnd(db, { ...page, text: rareWord }));
  await measure('denied of a common source, to the end', () =>
    toTheEnd(db, { ...page, status: 'denied', sourceId: 'source-1' }),
  );
  await measure('denied with a text, to the end', () =>
    toTheEnd(db, { ...page, status: 'denied', text: rareWord }),
  );
  await measure('counts of a day', () =>
    countInvocations(db, { organizationId, from: endsAt - dayMs, to: endsAt }, dayMs / 48),
  );
  await measure('counts of everything', () =>
    countInvocations(db, { organizationId, from: timeOf(0), to: endsAt }, dayMs),
  );
});

/** As the page does: from answer to answer, while there is more. */
async function toTheEnd(db: Database, filter: InvocationFilter): Promise<void> {
  let cursor: string | null = null;
  do {
    const page = await listInvocations(db, { ...filter, ...(cursor !== null && { cursor }) });
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function measured(name: string, work: () => Promise<unknown>): Promise<void> {
  await work();
  const times: number[] = [];
  const longest = listen();
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
    await setImmediate();
  }
  console.log(
    `  ${name.padEnd(40)} ${median(times).toFixed(1).padStart(8)}   ${longest().toFixed(1).padStart(6)}`,
  );
}

/** Comes back to the event loop as often as it is let; what it gives says, once, what the longest time between was, ms. */
function listen(): () => number {
  let longest = 0;
  const over = new AbortController();
  const look = async () => {
    let last = performance.now();
    while (!over.signal.aborted) {
      await setImmediate();
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
  };
  void look();
  return () => {
    over.abort();
    return longest;
  };
}
