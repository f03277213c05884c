import type { Socket } from 'node:net';
import { buildConnector, type Dispatcher, EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';
import { messageOf } from '../lib/errors.ts';
import { type Proxies, proxiesIn } from '../lib/proxies.ts';
import { type AddressPolicy, addressGuard, GuardFault } from './guarded-lookup.ts';
import { causesOf } from './network-fault.ts';

export interface GuardOptions extends AddressPolicy {
  /** Of all answers together, after decompression. */
  readonly maxBytes: number;
}

/** A fetch for one operation. It follows no redirect, and connects to public addresses only, or to the environment's proxy. */
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
 * The address is checked where the connection is made, so that no name can resolve otherwise in between. A proxy makes the connection
 * itself: then it is not asked for a private address, nor for a name that is private here, and what other names resolve to is for the
 * proxy to refuse. Rejects with a `GuardFault` (`private_address`, `proxy`, `redirect`, `too_large`) or an error of undici that has one as its cause.
 */
export function guardedFetch(options: GuardOptions): GuardedFetch {
  const seen: { fault?: GuardFault; connected: boolean; bytes: number } = { connected: false, bytes: 0 };
  const refuse = (fault: GuardFault): GuardFault => {
    seen.fault ??= fault;
    return fault;
  };
  const connecting = new Set<Socket>();
  const onConnected = (): void => {
    seen.connected = true;
  };
  const proxies = proxiesIn(process.env);
  const agent = new EnvHttpProxyAgent({
    connect: guardedConnector(options, { refuse, connecting }, onConnected),
    allowH2: false,
    // The operation's own deadline is the only one.
    headersTimeout: 0,
    bodyTimeout: 0,
    ...proxyOptions(proxies),
  });
  const dispatcher = agent.compose(hearingOfRequests(onConnected));
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
      if (proxies !== undefined) await refusePrivate(new URL(url), options, refuse);
      const response = await undiciFetch(url, request).catch((error: unknown) => {
        throw refusedByProxy(error, refuse) ?? error;
      });
      if (response.status === 407) throw refuse(new GuardFault('proxy', 'HTTP 407'));
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
      return agent.destroy();
    },
  };
}

/** Every proxy is named: what is not named, undici would read in the environment again. */
function proxyOptions(proxies: Proxies | undefined): EnvHttpProxyAgent.Options {
  const { http, https, except } = proxies ?? { http: '', https: '', except: '' };
  return { httpProxy: http, httpsProxy: https, noProxy: except };
}

/** A request begins on a connection, to whomever. */
function hearingOfRequests(onRequest: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const begin = handler.onRequestStart?.bind(handler);
    handler.onRequestStart = (...start) => {
      onRequest();
      begin?.(...start);
    };
    return dispatch(options, handler);
  };
}

/** How long a name may take to resolve here before it is left to the proxy, in ms. */
const resolveMs = 1000;

/** Before a proxy is asked. A name that does not resolve here is often one that only the proxy knows. */
async function refusePrivate(
  { hostname }: URL,
  policy: AddressPolicy,
  refuse: (fault: GuardFault) => GuardFault,
): Promise<void> {
  const guard = addressGuard(policy);
  const { promise, resolve } = Promise.withResolvers<GuardFault | undefined>();
  const timer = setTimeout(() => resolve(undefined), resolveMs);
  const refused = guard.refuseHost(hostname);
  if (refused === undefined)
    guard.lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }, (error) =>
      resolve(error instanceof GuardFault ? error : undefined),
    );
  else resolve(refused);
  const fault = await promise;
  clearTimeout(timer);
  if (fault !== undefined) throw refuse(fault);
}

/** Undici has no code of its own for a tunnel that is refused. */
function refusedByProxy(error: unknown, refuse: (fault: GuardFault) => GuardFault): GuardFault | undefined {
  for (const link of causesOf(error)) {
    const [, status] = /^Proxy (?:response|Authentication Required) \((\d+)\)/.exec(messageOf(link)) ?? [];
    if (status !== undefined) return refuse(new GuardFault('proxy', `HTTP ${status}`));
  }
  return undefined;
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
