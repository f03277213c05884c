// It has sessions, carries a call out, and hands on the 404 of what is behind it.
import { answerHandshake } from '../mcp.ts';
import { startOddly } from './scripted-http.ts';

export const start = () =>
  startOddly({
    initialize: (response, body) => {
      response.setHeader('mcp-session-id', 's1');
      answerHandshake(response, { ...body, method: 'initialize' });
    },
    'tools/call': (response) =>
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"detail":"no such page"}'),
  });
