// The server that odd ones over HTTP are made of: stateless, of 2025, without an SDK, with the tool `do`. An odd one says what is
// different about it, by JSON-RPC method; `GET` is a request without a message.
import type http from 'node:http';
import { answerHandshake, answerJson, methodOf, startRawPeer } from '../mcp.ts';

/** `times`: how often this method has come, with this time. */
export type Oddity = (response: http.ServerResponse, body: Asked, asked: Asking) => unknown;

interface Asked {
  readonly id?: number | string;
}

interface Asking {
  readonly times: number;
  readonly headers: http.IncomingHttpHeaders;
}

export interface OddServer {
  readonly url: string;
  /** How often a method came. */
  times(method: string): number;
  close(): Promise<void>;
}

export async function startOddly(oddities: Readonly<Record<string, Oddity>>): Promise<OddServer> {
  const seen = new Map<string, number>();
  const peer = await startRawPeer((request, response, body) => {
    const method = request.method === 'POST' ? methodOf(body) : (request.method ?? '');
    const times = (seen.get(method) ?? 0) + 1;
    seen.set(method, times);
    // A request of ours is an object.
    const asked = (body ?? {}) as Asked;
    const odd = oddities[method] ?? oddities['*'];
    if (odd !== undefined) return odd(response, asked, { times, headers: request.headers });
    if (answerHandshake(response, body)) return undefined;
    if (method === 'tools/list') return answerJson(response, body, { tools: [{ name: 'do', inputSchema }] });
    if (method === 'tools/call') return answerJson(response, body, done);
    return response.writeHead(405).end();
  });
  return { url: peer.url, times: (method) => seen.get(method) ?? 0, close: () => peer.close() };
}

const inputSchema = { type: 'object' };
/** What `do` answers. */
export const done = { content: [{ type: 'text', text: 'done' }] };

/** Refuses with this status and nothing else. */
export function refusing(status: number, headers: http.OutgoingHttpHeaders = {}): Oddity {
  return (response) => response.writeHead(status, headers).end();
}

export const neverAnswering: Oddity = () => undefined;
