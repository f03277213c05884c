import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { homedir, tmpdir, userInfo } from 'node:os';
import { type Address, addressText } from '../lib/address.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import { answer, type Services } from './answer.ts';
import type { Options } from './options.ts';
import { CountedSet } from './os/counted-set.ts';
import { type Log, logToStandardError } from './os/json-log.ts';
import { peerFilter } from './os/peer-filter.ts';
import { Semaphore } from './os/semaphore.ts';
import { openState } from './persistent-state.ts';
import { Misconfigured } from './refusal.ts';
import { ownFiles, realRoot } from './root.ts';
import { readTrust } from './trust.ts';

export interface Receiver {
  /** Where it listens, with the port that was picked where none was named. */
  readonly address: string;
  /** Reads keys and policy anew. What cannot be taken leaves the old ones in force, and is said in the log. */
  reload(): void;
  /** Takes nothing more, ends what runs, and settles when all is put away. */
  stop(): Promise<void>;
}

/** Connections that are open at a time: more than any honest load. */
const maxOpenConnections = 512;
/** Bytes of all requests together that are still arriving. */
const maxWaitingBytes = 256 * 1024 * 1024;

/**
 * Starts to listen for packs. Trusts nobody but its own files. Throws `misconfigured`, saying what to do: no root, a file that
 * is missing or that others may write, an address that is taken, another receiver with the same files.
 */
export async function startReceiver(
  options: Options,
  log: Log = logToStandardError,
  now: Clock = systemClock,
): Promise<Receiver> {
  const root = realRoot(options.root);
  let trust = readTrust(options, log);
  const state = openState(options.seen, now);
  const { replay, written } = state;
  const surroundings = { home: homedir(), user: userInfo().username, tmp: tmpdir() };
  const settings = {
    root,
    surroundings,
    written,
    running: new CountedSet<bigint>(),
    isOwn: ownFiles(options),
    maxOutput: options.maxOutput,
  };
  const semaphore = new Semaphore(options.maxConns);
  const limits = { ...options, room: { bytes: maxWaitingBytes } };
  const services = { limits, trust: () => trust, replay, semaphore, settings, now, log };
  const { server, stopAnswering } = serve(options, services);
  const reload = () => {
    try {
      trust = readTrust(options, log, trust);
      log('reloaded', { keys: [...trust.keys.keys()] });
    } catch (error) {
      log('not reloaded', { reason: messageOf(error), inForce: 'the keys and the policy read before' });
    }
  };
  const stop = async () => {
    server.close();
    await stopAnswering();
    state.close();
  };
  const address = await listen(server, options.listen).catch((error: unknown) => {
    state.close();
    throw new Misconfigured(`Cannot listen on ${addressText(options.listen)}: ${messageOf(error)}`);
  });
  return { address, reload, stop };
}

function serve(options: Options, services: Services): { server: Server; stopAnswering: () => Promise<void> } {
  const stopping = new AbortController();
  const answering = new Set<Promise<void>>();
  const mayConnect = peerFilter(options);
  const server = createServer(
    { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 },
    (socket) => {
      if (!mayConnect(socket.remoteAddress ?? '')) {
        // Unanswered: a peer that may not connect learns nothing.
        services.log('peer refused', { peer: socket.remoteAddress });
        socket.on('error', () => {}).destroy();
        return;
      }
      const answered = answer(socket, services, stopping.signal)
        .catch((error: unknown) => services.log('failed', { reason: messageOf(error) }))
        .finally(() => answering.delete(answered));
      answering.add(answered);
    },
  );
  server.maxConnections = maxOpenConnections;
  const stopAnswering = async () => {
    stopping.abort();
    await Promise.all(answering);
  };
  return { server, stopAnswering };
}

async function listen(server: Server, { host, port }: Address): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const bound = server.address();
  return addressText({ host, port: typeof bound === 'object' && bound !== null ? bound.port : port });
}
