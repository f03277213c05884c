// It hangs up before it answers a call, and knows nothing of it when it is asked for the rest.
import { refusing, startOddly } from './scripted-http.ts';

export const start = () =>
  startOddly({
    'tools/call': (response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end('id: a-1\ndata:\n\n'),
    GET: refusing(404),
  });
