// What the stand-ins for Linear, Slack and Sentry share: an HTTP server on a free port of 127.0.0.1 that records what it is
// asked, lets faults happen, and otherwise answers as the vendor's handler says.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createFaults, type Faults, misbehave, type Voice } from './faults.ts';
import { type Answer, type RecordedRequest, record, send } from './wire.ts';

export type { Answer, RecordedRequest } from './wire.ts';

/** What every stand-in has. */
export interface Vendor {
  readonly origin: string;
  /** Every request that arrived, oldest first, whatever became of it. */
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** Cuts every connection and forgets every pending delay. */
  close(): Promise<void>;
}

export interface Traits extends Voice {
  handle(request: RecordedRequest): Answer | Promise<Answer>;
}

/** Starts a server with the manners of one vendor. What its handler throws is answered with 500 and the stack. */
export async function startVendor(traits: Traits): Promise<Vendor> {
  const requests: RecordedRequest[] = [];
  const faults = createFaults();
  const closing = new AbortController();

  const serve = async (incoming: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const request = await record(incoming);
    requests.push(request);
    const fault = faults.take(request) ?? {};
    if (fault.delayMs !== undefined) await delay(fault.delayMs, undefined, { signal: closing.signal });
    const act = async (): Promise<Answer> => traits.handle(request);
    const answer = await misbehave(fault, traits, response, act);
    if (answer !== undefined) send(response, answer);
  };

  const server = http.createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      if (closing.signal.aborted || response.headersSent) return void response.destroy();
      send(response, { status: 500, body: { fakeIsAtFault: error instanceof Error ? error.stack : error } });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the peer does not listen on a port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    faults,
    close: async () => {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A credential that no other start of a peer accepts: the vendor's prefix and 40 hexadecimal digits. */
export function randomToken(prefix: string): string {
  return prefix + randomBytes(20).toString('hex');
}
