// Somebody who asks the gateway for little, again and again: twenty requests a second, until told to stop. Prints the
// milliseconds of the 99th percentile and of the slowest. A request that another one held up is counted from when it was due.
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProbeResult {
  readonly p99: number;
  readonly slowest: number;
}

const everyMs = 50;
const [, , url = '', token = ''] = process.argv;
const over = new AbortController();
process.once('SIGTERM', () => over.abort());

const durations: number[] = [];
await once();
durations.length = 0;
console.log('ready');
for (let due = performance.now(); !over.signal.aborted; due += everyMs) {
  await sleep(Math.max(0, due - performance.now()));
  durations.push(await once(due));
}
const sorted = durations.toSorted((a, b) => a - b);
const result: ProbeResult = {
  p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  slowest: sorted.at(-1) ?? Number.NaN,
};
console.log(JSON.stringify(result));

async function once(due = performance.now()): Promise<number> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  await response.text();
  if (response.status !== 200) throw new Error(`the gateway answered ${response.status}`);
  return performance.now() - due;
}
