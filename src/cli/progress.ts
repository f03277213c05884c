import { statusLine } from './print.ts';

/** Work that takes no longer needs no word about how far it is, in milliseconds. */
const silentMs = 1_000;

/** Says how far some work is, once it takes a while, where somebody looks; the line is gone at the end. */
export async function withProgress<Result>(
  what: string,
  work: (progress: (share: number) => void) => Promise<Result>,
): Promise<Result> {
  const line = statusLine();
  const began = performance.now();
  try {
    return await work((share) => {
      if (performance.now() - began > silentMs) line.show(`${what}: ${Math.floor(share * 100)}%`);
    });
  } finally {
    line.clear();
  }
}
