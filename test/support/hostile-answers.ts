import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Takes a request and never answers. */
export const silent: RequestListener = () => undefined;

/** Begins an answer and never ends it. */
export const unfinished: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":"');
};

/** Leads elsewhere; what asks there has followed. */
export function redirectTo(address: string): RequestListener {
  return (_request, response) => response.writeHead(307, { location: address }).end();
}

/** Takes a while, in ms, before it answers. */
export function slowly(answer: RequestListener, ms: number): RequestListener {
  return (request, response) => setTimeout(() => answer(request, response), ms);
}

/** Sends JSON without an end, for as long as somebody reads; `bytes` is how much was taken off it. */
export function endless(): { readonly answer: RequestListener; readonly bytes: () => number } {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const sockets: NonNullable<ServerResponse['socket']>[] = [];
  const send = (response: ServerResponse) => {
    while (!response.destroyed && response.write(chunk));
  };
  return {
    answer: (_request: IncomingMessage, response: ServerResponse) => {
      if (response.socket !== null) sockets.push(response.socket);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.on('drain', () => send(response));
      send(response);
    },
    bytes: () => sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
  };
}
