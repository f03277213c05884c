import type { Socket } from 'node:net';

/** How often a peer that only waits is looked after, in milliseconds. */
const lookEveryMs = 100;
/** How much may wait to be read by a peer before nothing more is made for it, in bytes. */
const fullBytes = 1024 * 1024;

/** The other end of a connection that has said all it has to say, and now only reads. */
export interface ReplyPeer {
  /** Aborted when nobody reads any more. */
  readonly gone: AbortSignal;
  send(part: Uint8Array | string): void;
  /** Settles at once where the peer reads along, else when it has caught up. One that reads nothing for `idleMs` is gone. */
  keepsUp(): Promise<void>;
  /** Says that this is all, and lets go of the connection when that has been read, or is not read. */
  hangUp(): void;
}

/**
 * Speaks to a peer after its end of stream. Its going away shows only when it is written to: an empty write, every so often,
 * tells of a connection that was reset, and sends nothing. Aborting `stopping` ends the listening too.
 */
export function replyPeerOn(socket: Socket, idleMs: number, stopping: AbortSignal): ReplyPeer {
  const gone = new AbortController();
  const looking = setInterval(() => socket.readableEnded && socket.write(''), lookEveryMs);
  const end = () => {
    clearInterval(looking);
    stopping.removeEventListener('abort', end);
    gone.abort();
  };
  socket.on('error', end);
  socket.on('close', end);
  stopping.addEventListener('abort', end);
  if (stopping.aborted) end();
  return {
    gone: gone.signal,
    send: (part) => void (socket.writable && socket.write(part)),
    keepsUp: () => caughtUp(socket, idleMs, gone.signal),
    hangUp: () => hangUp(socket, idleMs, stopping),
  };
}

async function caughtUp(socket: Socket, idleMs: number, gone: AbortSignal): Promise<void> {
  if (socket.writableLength < fullBytes || gone.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const giveUp = () => socket.destroy();
  // Counts from the last byte that was taken.
  socket.setTimeout(idleMs, giveUp);
  socket.once('drain', resolve);
  gone.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  socket.off('drain', resolve);
  socket.setTimeout(0, giveUp);
}

/**
 * What is still coming is read and thrown away for a while: a connection that is closed on it would take back what was said.
 * A peer that reads slowly has ten times as long as one that does not read at all.
 */
function hangUp(socket: Socket, idleMs: number, stopping: AbortSignal): void {
  if (socket.destroyed) return;
  const leave = () => socket.destroy();
  const timer = setTimeout(leave, idleMs * 10);
  stopping.addEventListener('abort', leave);
  socket.once('close', () => {
    clearTimeout(timer);
    stopping.removeEventListener('abort', leave);
  });
  socket.setTimeout(idleMs, leave);
  socket.resume();
  socket.end();
  // What was said last still goes out.
  if (stopping.aborted) socket.destroySoon();
}
