import { FairQueue } from './fair-queue.ts';

/** How long others may wait for one turn, ms; a single item may take longer. */
const turnMs = 10;

/** One for the process: many long works together hold it up no longer than one does. */
const turns = new FairQueue({ pieces: 1, ms: 0, longestRestMs: 100 });

/** Does what takes long by itself when nothing else that does is being done; `who` shares the turns with all others who ask. */
export function inTurn<Result>(who: string, work: () => Result): Promise<Result> {
  return turns.take(who, async () => work());
}

/** `Array.map` for work that is long altogether: after every 10 ms, everything else that waits has its turn. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
): Promise<Result[]> {
  const who = String(++asked);
  const done: Result[] = [];
  while (done.length < items.length) {
    await turns.take(who, async () => {
      const until = performance.now() + turnMs;
      do {
        // There is one: fewer are done.
        done.push(work(items[done.length] as Item));
      } while (done.length < items.length && performance.now() < until);
    });
  }
  return done;
}

/** Calls so far; each has turns of its own. */
let asked = 0;
