// It takes a call, hangs up, and lets nobody in who asks for the rest of the answer.
import { refusing, startOddly } from './scripted-http.ts';

export const start = () =>
  startOddly({
    'tools/call': (response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end('id: a-1\ndata:\n\n'),
    GET: refusing(401),
  });
