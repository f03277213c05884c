import type { Socket } from 'node:net';
import { Refusal } from './refusal.ts';

export interface RequestLimits {
  readonly maxRequest: number;
  readonly ioTimeoutMs: number;
  /** What all requests may still take of the memory, together. */
  readonly room: { bytes: number };
}

/**
 * All that a sender has to say, up to its end of stream. Throws the refusal `read_failed` where it is more than `maxRequest`
 * bytes, or not complete `ioTimeoutMs` after the connection began, however busily it drips, and where the sender goes away.
 */
export async function readRequest(
  socket: Socket,
  { maxRequest, ioTimeoutMs, room }: RequestLimits,
  gone: AbortSignal,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = () => reject(new Refusal('read_failed'));
  const timer = setTimeout(fail, ioTimeoutMs);
  socket.on('data', (part: Buffer) => {
    size += part.length;
    room.bytes -= part.length;
    if (size > maxRequest || room.bytes < 0) fail();
    else parts.push(part);
  });
  socket.once('end', resolve);
  gone.addEventListener('abort', fail, { once: true });
  if (gone.aborted) fail();
  try {
    await promise;
    return Buffer.concat(parts, size);
  } finally {
    clearTimeout(timer);
    room.bytes += size;
    socket.removeAllListeners('data');
  }
}
