// An MCP server of 2025 over HTTP without an SDK: it answers calls with exactly the text that a test gives it.
import type http from 'node:http';
import { answerHandshake, answerJson, methodOf, startRawPeer } from './mcp.ts';

export interface RawMcpPeer {
  readonly url: string;
  /** How many calls have arrived. */
  readonly calls: () => number;
  /** What the next calls are answered: the whole JSON-RPC message, `$id` in it being the request's id. */
  answer: string;
  /** How the answer travels. */
  via: (response: http.ServerResponse, text: string) => unknown;
  close(): Promise<void>;
}

export const asJson: RawMcpPeer['via'] = (response, text) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);

export const asEvent: RawMcpPeer['via'] = (response, text) =>
  response
    .writeHead(200, { 'content-type': 'text/event-stream' })
    .end(`event: message\ndata: ${text.replaceAll('\n', '\ndata: ')}\n\n`);

/** It offers the tool `do`. */
export async function startRawMcpPeer(): Promise<RawMcpPeer> {
  let calls = 0;
  const served = await startRawPeer((_request, response, body) => {
    if (answerHandshake(response, body)) return undefined;
    if (methodOf(body) === 'tools/list')
      return answerJson(response, body, { tools: [{ name: 'do', inputSchema: { type: 'object' } }] });
    if (methodOf(body) !== 'tools/call') return response.writeHead(202).end();
    calls += 1;
    // A request of ours has an id.
    return peer.via(response, peer.answer.replaceAll('$id', String((body as { id: unknown }).id)));
  });
  const peer: RawMcpPeer = { ...served, calls: () => calls, answer: '', via: asJson };
  return peer;
}

/** The text of a JSON-RPC response whose result is this JSON text. */
export function resultText(result: string): string {
  return `{"jsonrpc":"2.0","id":$id,"result":${result}}`;
}
