import type { Readable } from 'node:stream';

export interface Captured {
  readonly truncated: boolean;
  bytes(): Buffer;
}

/**
 * Keeps the first bytes of a stream. The rest is read and thrown away, so that its writer never waits. A program that could not
 * be started, for want of descriptors, has no streams.
 */
export function capture(stream: Readable | null | undefined, limit: number): Captured {
  const parts: Buffer[] = [];
  let room = limit;
  let truncated = false;
  stream?.on('data', (part: Buffer) => {
    truncated ||= part.length > room;
    if (room > 0) parts.push(part.subarray(0, room));
    room = Math.max(0, room - part.length);
  });
  // A stream that fails is one that ends.
  stream?.on('error', () => {});
  return {
    get truncated() {
      return truncated;
    },
    bytes: () => Buffer.concat(parts),
  };
}
