import { FairQueue } from './fair-queue.ts';
import type { Steps } from './steps.ts';

/** How long others may wait for one turn, ms; a single step may take longer. */
const turnMs = 10;

/** One for the process: many long works together hold it up no longer than one does. */
const turns = new FairQueue({ pieces: 1, ms: 0, longestRestMs: 100 });

/** Does what takes long by itself when nothing else that does is being done; `who` shares the turns with all others who ask. */
export function inTurn<Result>(who: string, work: () => Result): Promise<Result> {
  return turns.take(who, async () => work());
}

/** Does work that pauses by itself: after every 10 ms, everything else that waits has its turn. */
export async function stepsInTurns<Result>(who: string, steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const step = await turns.take(who, async () => {
      const until = performance.now() + turnMs;
      let step = steps.next();
      while (step.done !== true && performance.now() < until) step = steps.next();
      return step;
    });
    if (step.done === true) return step.value;
  }
}

/** `Array.map` for work that is long altogether, in turns of its own. */
export function mapInTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
): Promise<Result[]> {
  return stepsInTurns(String(++asked), mapSteps(items, work));
}

function* mapSteps<Item, Result>(items: readonly Item[], work: (item: Item) => Result): Steps<Result[]> {
  const done: Result[] = [];
  for (const item of items) {
    if (done.length > 0) yield;
    done.push(work(item));
  }
  return done;
}

/** Calls so far; each has turns of its own. */
let asked = 0;
