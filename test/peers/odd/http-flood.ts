// It sends many small events before its answer, or instead of one.
import type http from 'node:http';
import { done, startOddly } from './scripted-http.ts';

const begun = (response: http.ServerResponse) =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });

export const startWithEmptyLines = () =>
  startOddly({
    'tools/call': (response, { id }) => {
      begun(response).write('\n'.repeat(1_000_000));
      response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: done })}\n\n`);
    },
  });

export const startWithNotifications = () =>
  startOddly({
    'tools/call': (response) => {
      const one = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 1 } };
      begun(response).end(`data: ${JSON.stringify(one)}\n\n`.repeat(20_000));
    },
  });
