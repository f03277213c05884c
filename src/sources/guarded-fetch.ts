import type { Socket } from 'node:net';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';
import { type AddressPolicy, addressGuard, GuardFault } from './guarded-lookup.ts';

export interface GuardOptions extends AddressPolicy {
  /** Of all answers together, after decompression. */
  readonly maxBytes: number;
}

/** A fetch for one operation. It follows no redirect, knows no proxy, and connects to public addresses only. */
export interface GuardedFetch {
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  /** Why it refused or broke off, where it did. */
  readonly fault: GuardFault | undefined;
  /** Whether a connection came to be: without one, nothing was sent. */
  readonly connected: boolean;
  /** Cuts every connection. */
  close(): Promise<void>;
}

/**
 * The address is checked where the connection is made, so that no name can resolve otherwise in between. Rejects with a
 * `GuardFault` (`private_address`, `redirect`, `too_large`) or an error of undici that has one as its cause.
 */
export function guardedFetch(options: GuardOptions): GuardedFetch {
  const seen: { fault?: GuardFault; connected: boolean; bytes: number } = { connected: false, bytes: 0 };
  const refuse = (fault: GuardFault): GuardFault => {
    seen.fault ??= fault;
    return fault;
  };
  const connecting = new Set<Socket>();
  const dispatcher = new Agent({
    connect: guardedConnector(options, { refuse, connecting }, () => {
      seen.connected = true;
    }),
    allowH2: false,
    // The operation's own deadline is the only one.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const count = (chunk: Uint8Array): GuardFault | undefined => {
    seen.bytes += chunk.byteLength;
    return seen.bytes > options.maxBytes
      ? refuse(new GuardFault('too_large', `${options.maxBytes / 1_000_000} MB`))
      : undefined;
  };
  return {
    async fetch(url, init) {
      // Undici's own types of the same standard; Node's built-in fetch cannot use this Agent (undici 8).
      const request = { ...init, redirect: 'manual', dispatcher } as Parameters<typeof undiciFetch>[1];
      const response = await undiciFetch(url, request);
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        throw refuse(new GuardFault('redirect', `${response.status}`));
      }
      return counted(response, count);
    },
    get fault() {
      return seen.fault;
    },
    get connected() {
      return seen.connected;
    },
    close: () => {
      // The agent does not know of a connection before it is one: a handshake that never ends would stay for ever.
      for (const socket of connecting) socket.destroy();
      return dispatcher.destroy();
    },
  };
}

function counted(response: Response, count: (chunk: Uint8Array) => GuardFault | undefined): Response {
  if (response.body === null) return response;
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        const fault = count(chunk);
        if (fault === undefined) controller.enqueue(chunk);
        else controller.error(fault);
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers: [...headers] });
}

function guardedConnector(
  policy: AddressPolicy,
  { refuse, connecting }: { refuse: (fault: GuardFault) => GuardFault; connecting: Set<Socket> },
  onConnected: () => void,
): buildConnector.connector {
  const guard = addressGuard(policy);
  const connect = buildConnector({
    allowH2: false,
    timeout: 0,
    lookup: (hostname, options, done) =>
      guard.lookup(hostname, options, (error, ...found) =>
        done(error instanceof GuardFault ? refuse(error) : error, ...found),
      ),
  });
  return (target, done) => {
    const refused = guard.refuseHost(target.hostname);
    if (refused !== undefined) return done(refuse(refused), null);
    // Undici's connector answers the socket, which its type does not say.
    const begun = connect(target, (...[error, socket]) => {
      connecting.delete(begun);
      if (error !== null) return done(error, null);
      const late = guard.refusePeer(socket);
      if (late === undefined) {
        onConnected();
        return done(null, socket);
      }
      socket.destroy();
      done(refuse(late), null);
    }) as unknown as Socket;
    connecting.add(begun);
  };
}
