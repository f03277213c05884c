// It answers a call under a status that is no success.
import { done, startOddly } from './scripted-http.ts';

export const start = () =>
  startOddly({
    'tools/call': (response, { id }) =>
      response
        .writeHead(500, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id, result: done })),
  });
