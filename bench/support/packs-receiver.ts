// A receiver in a process of its own, that times a bare spawn where it runs its steps: asked for by a message.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { startReceiver } from '../../src/receiver/receiver.ts';

// `bench/packs.ts` writes this argument.
const options = JSON.parse(process.argv[2] ?? '{}') as Parameters<typeof startReceiver>[0];
const receiver = await startReceiver(options, () => {});

process.on('message', () => {
  void bareSpawn().then((ms) => process.send?.({ ms }));
});
process.once('disconnect', () => void receiver.stop());
// What a round trip costs that asks for nothing, in the same process.
const nothing = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.resume().once('end', () => socket.end('OK\n'));
}).listen(0, '127.0.0.1');
await once(nothing, 'listening');
process.once('disconnect', () => nothing.close());
process.send?.({ address: receiver.address, nothing: nothing.address() });

async function bareSpawn(): Promise<number> {
  const began = performance.now();
  const child = spawn('/bin/echo', ['hi'], {
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdout.resume();
  child.stderr.resume();
  await once(child, 'close');
  return performance.now() - began;
}
