import { connect, type Socket } from 'node:net';
import { type Address, addressText } from '../../lib/address.ts';
import { messageOf } from '../../lib/errors.ts';
import { PackError } from '../../pack/errors.ts';
import { type ReplyEvent, ReplyReader } from '../../pack/read-reply.ts';
import { Failure } from '../exit.ts';

/** How long a receiver may take to take the connection. */
const connectMs = 10_000;

/** Who listens to the answer while it comes. */
export interface Listener {
  bytes?(piece: Uint8Array): void;
  event?(event: ReplyEvent): void;
}

/**
 * Sends an envelope, and hands over the answer as it arrives. Answers whether all steps succeeded. Throws `unreachable` where
 * nobody answers or the answer breaks off. An interrupt resets the connection: the receiver then ends what it runs.
 */
export async function sendPack(address: Address, envelope: Uint8Array, listener: Listener): Promise<boolean> {
  const socket = await open(address);
  const interrupted = () => {
    socket.resetAndDestroy();
    process.exitCode = 130;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    socket.end(envelope);
    return await listen(socket, address, listener);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted);
    socket.destroy();
  }
}

async function open(address: Address): Promise<Socket> {
  const socket = connect({ ...address, allowHalfOpen: true, noDelay: true, keepAlive: true });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${connectMs / 1000} s`)), connectMs);
  socket.once('connect', resolve).once('error', reject);
  try {
    await promise;
    return socket;
  } catch (error) {
    socket.destroy();
    throw new Failure('unreachable', `cannot reach ${addressText(address)}: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function listen(socket: Socket, address: Address, listener: Listener): Promise<boolean> {
  const reader = new ReplyReader();
  let ok = true;
  let isSilent = true;
  try {
    for await (const piece of socket) {
      isSilent = false;
      // Without an encoding, a socket gives buffers.
      const bytes = piece as Buffer;
      listener.bytes?.(bytes);
      for (const event of reader.push(bytes)) {
        ok &&= event.kind !== 'refused' && (event.kind !== 'step' || event.step.ok);
        listener.event?.(event);
      }
    }
    reader.end();
    return ok;
  } catch (error) {
    throw isSilent ? unanswered(address) : brokenOff(address, error);
  }
}

function unanswered(address: Address): Failure {
  const why = 'it may not take packs from this address (allow_local, allow_tailscale)';
  return new Failure('unreachable', `${addressText(address)} closed the connection unanswered: ${why}`);
}

function brokenOff(address: Address, error: unknown): Failure {
  const why = error instanceof PackError && error.message !== 'reply broke off' ? ` (${error.message})` : '';
  return new Failure('unreachable', `${addressText(address)} broke off before the end of its reply${why}`, {
    cause: error,
  });
}
