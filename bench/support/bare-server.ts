// What there is without a gateway: Node's HTTP server, which takes every request whole and answers it with nothing at once. Beside it a
// flood costs what the machine, Node and whoever sends it cost. Prints one JSON document, and ends when it is told to.
import { createServer } from 'node:http';
import { bounded } from './bounded.ts';

export interface BareServer {
  readonly address: string;
}

await bounded(async (bench) => {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => response.end('{}'));
  });
  server.on('upgrade', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  });
  bench.after(() => server.closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new TypeError('it listens on a port');
  const bare: BareServer = { address: `http://127.0.0.1:${listening.port}` };
  console.log(JSON.stringify(bare));
  bench.step('the benchmark to end', 3600);
  await new Promise((resolve) => process.once('SIGTERM', resolve));
});
