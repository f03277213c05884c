import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 60_000;

/** Settles as soon as the condition gives something. What a test waits for that nobody announces: a file of another process. */
export async function poll<T>(
  what: string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const found = await condition();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`${what} did not come about in ${patienceMs / 1000} s`);
    await pause(5);
  }
}
