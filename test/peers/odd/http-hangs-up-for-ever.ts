// It hangs up before it answers a call, and whenever it is asked for the rest.
import { type Oddity, startOddly } from './scripted-http.ts';

const hangingUp: Oddity = (response) =>
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end('id: a-1\nretry: 0\ndata:\n\n');

export const start = () => startOddly({ 'tools/call': hangingUp, GET: hangingUp });
