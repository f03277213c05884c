// A server of 2024-11-05: it sends everything over one stream, which also says where messages go; a POST to its address is refused.
import type http from 'node:http';
import { methodOf, startRawPeer } from '../mcp.ts';
import { done, type OddServer } from './scripted-http.ts';

const results: Readonly<Record<string, unknown>> = {
  initialize: {
    protocolVersion: '2024-11-05',
    capabilities: { tools: {} },
    serverInfo: { name: 'old', version: '1' },
  },
  'tools/list': { tools: [{ name: 'do', inputSchema: { type: 'object' } }] },
  'tools/call': done,
};

export const start = () => startOld(true);
/** It hangs up when it is called. */
export const startHangingUp = () => startOld(false);

async function startOld(answersCalls: boolean): Promise<OddServer> {
  let stream: http.ServerResponse | undefined;
  let calls = 0;
  const peer = await startRawPeer((request, response, body) => {
    if (request.method === 'GET') {
      stream = response;
      return response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write('event: endpoint\ndata: /messages?session=1\n\n');
    }
    if (request.url !== '/messages?session=1') return response.writeHead(404).end();
    response.writeHead(202).end();
    if (methodOf(body) === 'tools/call') {
      calls += 1;
      if (!answersCalls) return stream?.end();
    }
    const result = results[methodOf(body)];
    // A request of ours has an id.
    const { id } = body as { id?: number };
    if (id === undefined) return undefined;
    const answer = result === undefined ? { error: { code: -32_601, message: 'unknown' } } : { result };
    return stream?.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n\n`);
  });
  return { ...peer, times: (method) => (method === 'tools/call' ? calls : 0) };
}
