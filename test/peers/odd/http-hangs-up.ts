// It hangs up before it answers a call, twice, and hands the answer to whoever asks from the last event on (MCP 2025-11-25). The
// first time it cuts an event in two; the second time it says nothing new.
import { done, type Oddity, startOddly } from './scripted-http.ts';

const type = { 'content-type': 'text/event-stream' };

export function start() {
  let called: number | string | undefined;
  const calling: Oddity = (response, { id }) => {
    called = id;
    response.writeHead(200, type).end('id: a-1\nretry: 10\ndata:\n\nid: a-2\ndata: {"jsonrpc":"2.0","id"');
  };
  let resumed = 0;
  const resuming: Oddity = (response, _body, { headers }) => {
    if (headers['last-event-id'] !== 'a-1') return response.writeHead(405).end();
    resumed += 1;
    if (resumed === 1) return response.writeHead(200, type).end(': nothing new\n\n');
    const answer = JSON.stringify({ jsonrpc: '2.0', id: called, result: done });
    return response.writeHead(200, type).end(`id: a-2\ndata: ${answer}\n\n`);
  };
  return startOddly({ 'tools/call': calling, GET: resuming });
}
