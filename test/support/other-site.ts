// A web site on another port of this host, as an agent or anybody else may start one.
import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cleanup } from './cleanup-stack.ts';

/** The address of its only page, which this answers. */
export async function otherSite(t: Cleanup, answer: RequestListener): Promise<string> {
  const server = http.createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/`;
}
