import assert from 'node:assert/strict';

const factor = 8;
/** Between `factor`, as what is linear grows, and its square. */
const mostGrowth = 3 * factor;
/** A run that takes less says nothing. Milliseconds. */
const leastMs = 4;

/**
 * Fails where eight times the size costs far more than eight times the work, as what is quadratic does. It compares
 * processor time, not the clock: another program on the machine does not matter.
 */
export function assertLinear(what: string, size: number, prepare: (size: number) => () => unknown): void {
  const small = Math.max(costMs(prepare(Math.ceil(size / factor))), leastMs);
  const large = costMs(prepare(size));
  assert.ok(
    large < small * mostGrowth,
    `${what}: ${factor} times the size costs ${(large / small).toFixed(1)} times the work`,
  );
}

/** The lower of two runs: the first one may have had to compile. */
function costMs(work: () => unknown): number {
  const costs = [1, 2].map(() => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...costs);
}
