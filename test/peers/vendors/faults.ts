// What goes wrong between a client and a vendor, on command. A test adds faults to `faults` of a peer; each request takes
// the oldest one that is left and meant for it.
import type http from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer, RecordedRequest } from './wire.ts';

/** One misfortune. `delayMs` and `when` go with any other; of the rest the first in this order takes effect. */
export interface Fault {
  /** Which requests it befalls; all where it is not set. */
  readonly when?: (request: RecordedRequest) => boolean;
  /** How long the request is left lying before anything else happens to it. */
  readonly delayMs?: number;
  /** Accepts the request, does nothing, and never answers. */
  readonly silent?: boolean;
  /** Cuts the connection with RST, nothing done. */
  readonly resetConnection?: boolean;
  /** Does what was asked, then cuts the connection before the answer. */
  readonly loseAnswer?: boolean;
  /** 302 to this URL. */
  readonly redirectTo?: string;
  /** Refuses in the vendor's own way, to be tried again after so many seconds. */
  readonly rateLimit?: number;
  /** An answer of exactly so many bytes of otherwise plausible JSON. */
  readonly hugeBytes?: number;
  /** 200 with a web page, as proxies and captive portals do. */
  readonly html?: boolean;
  /** This status, with a web page, or with JSON where `json` is set. */
  readonly status?: number;
  readonly json?: unknown;
  /** Headers that go with `json`. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Faults {
  /** Befalls the next `times` requests that it is meant for; every one until cleared where `times` is not given. */
  add(fault: Fault, times?: number): void;
  clear(): void;
}

/** What the vendor itself says where a fault wants it said. */
export interface Voice {
  rateLimited(retryAfterSeconds: number): Answer;
  /** JSON text before and after the padding of an answer that is too large. */
  readonly huge: readonly [before: string, after: string];
}

export interface FaultQueue extends Faults {
  take(request: RecordedRequest): Fault | undefined;
}

export function createFaults(): FaultQueue {
  const queue: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault, times = Infinity) => void queue.push({ fault, left: times }),
    clear: () => void queue.splice(0),
    take(request) {
      const due = queue.find(({ fault, left }) => left > 0 && (fault.when?.(request) ?? true));
      if (due === undefined) return undefined;
      due.left -= 1;
      return due.fault;
    },
  };
}

/** Lets a fault have its way with a request, its delay aside. Resolves to what is still to be answered, if anything. */
export async function misbehave(
  fault: Fault,
  voice: Voice,
  response: http.ServerResponse,
  act: () => Promise<Answer>,
): Promise<Answer | undefined> {
  if (fault.silent) return undefined;
  if (fault.resetConnection) return reset(response);
  if (fault.loseAnswer) {
    await act();
    return reset(response);
  }
  if (fault.redirectTo !== undefined)
    return { status: 302, headers: { location: fault.redirectTo }, text: '' };
  if (fault.rateLimit !== undefined) return voice.rateLimited(fault.rateLimit);
  if (fault.hugeBytes !== undefined) return sendHuge(response, fault.hugeBytes, voice.huge);
  if (fault.html) return webPage(200, 'Welcome');
  if (fault.status === undefined) return act();
  return 'json' in fault
    ? { status: fault.status, body: fault.json, headers: fault.headers ?? {} }
    : webPage(fault.status, `Error ${fault.status}`);
}

function reset(response: http.ServerResponse): undefined {
  response.socket?.resetAndDestroy();
}

function webPage(status: number, title: string): Answer {
  const text = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, text };
}

/** Streams at the client's pace, so that what a client does not read is never made. */
async function sendHuge(
  response: http.ServerResponse,
  bytes: number,
  [before, after]: Voice['huge'],
): Promise<undefined> {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  const padding = bytes - Buffer.byteLength(before) - Buffer.byteLength(after);
  const chunk = Buffer.alloc(64 * 1024, 'x');
  const text = function* (): Generator<Buffer> {
    yield Buffer.from(before);
    for (let left = padding; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
    yield Buffer.from(after);
  };
  // A client that has had enough hangs up, which is what these answers are for.
  await pipeline(Readable.from(text()), response).catch(() => undefined);
}
