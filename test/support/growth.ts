import assert from 'node:assert/strict';

const factor = 8;
/** Between `factor`, as what is linear grows, and its square. */
const mostGrowth = 3 * factor;
/** What is bounded in steps stays far below this many times; what is not passes it by far. */
const mostTimesReading = 300;
/** A run that takes less says nothing. Milliseconds. */
const leastMs = 4;

/**
 * Fails where eight times the size costs far more than eight times the work, as what is quadratic does. It compares
 * processor time, not the clock: another program on the machine does not matter.
 */
export function assertLinear(what: string, size: number, prepare: (size: number) => () => unknown): void {
  const growth = () => {
    const small = Math.max(costMs(prepare(Math.ceil(size / factor))), leastMs);
    return costMs(prepare(size)) / small;
  };
  // What is quadratic is so every time; caches that others empty are not.
  let least = growth();
  for (let again = 0; again < 3 && least >= mostGrowth; again++) least = Math.min(least, growth());
  assert.ok(least < mostGrowth, `${what}: ${factor} times the size costs ${least.toFixed(1)} times the work`);
}

/** Fails where work costs processor time out of all proportion to reading its input once as JSON. */
export function assertCheap(what: string, input: unknown, work: () => unknown): void {
  const floor = Math.max(readingMs(input), leastMs);
  const cost = cpuMs(work);
  assert.ok(cost < floor * mostTimesReading, `${what}: costs ${(cost / floor).toFixed(1)} times reading it`);
}

function readingMs(input: unknown): number {
  try {
    return costMs(() => JSON.parse(JSON.stringify(input)));
  } catch {
    // Nested too deep for JSON's own functions.
    return 0;
  }
}

/** The lower of two runs: the first one may have had to compile. */
function costMs(work: () => unknown): number {
  return Math.min(cpuMs(work), cpuMs(work));
}

function cpuMs(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
