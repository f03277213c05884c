// A forward proxy on a free port: what is asked for `tools.example` goes to the server that a test names, and tunnels are refused.
import { once } from 'node:events';
import http from 'node:http';

export interface ForwardProxy {
  readonly url: string;
  /** `POST http://tools.example/mcp`, `CONNECT tools.example:443`. */
  readonly requests: string[];
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<ForwardProxy> {
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { hostname, port } = new URL(target);
    const { pathname } = new URL(request.url ?? '');
    const { method, headers } = request;
    const onward = http.request({ hostname, port, path: pathname, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, socket) => {
    requests.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy does not listen on a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
