import type { ChildProcess } from 'node:child_process';

/** Kills a child that leads a process group, and all that is in the group. What is not there any more is what was wanted. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // No such group.
  }
}

/** Settles when both streams are at their end, or after `withinMs`, where a process that got away holds them open. */
export async function drained(child: ChildProcess, withinMs: number): Promise<void> {
  const streams = [child.stdout, child.stderr].filter((one) => one !== null && one !== undefined);
  const { promise, resolve } = Promise.withResolvers<void>();
  const closed = () => streams.every((one) => one.closed) && resolve();
  for (const one of streams) one.once('close', closed);
  closed();
  // Whatever came in while this process was busy is read before the time counts.
  const timer = setTimeout(() => setImmediate(() => setImmediate(resolve)), withinMs);
  await promise;
  clearTimeout(timer);
  for (const one of streams) one.destroy();
}
