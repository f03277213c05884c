export { type Checked, type CheckedStep, checkProgram } from '../receiver/advice.ts';

import { assentHome, type Env } from '../config/home.ts';
import { type ReceiverSettings, receiverConfig } from '../config/receiver.ts';
import { startReceiver } from '../receiver/receiver.ts';

/**
 * Runs a receiver until it is told to end: SIGTERM or SIGINT end it and what it runs, SIGHUP reads keys and policy anew.
 * Throws `usage`, `unreadable` or `misconfigured` where it does not start.
 */
export async function runReceiver(flags: ReceiverSettings, env: Env): Promise<void> {
  // A log that nobody can keep is no reason to stop; neither is one that nobody reads.
  process.stderr.on('error', () => {});
  // Node hands this one on to every child, whatever environment it is to have.
  delete process.env.NODE_V8_COVERAGE;
  const receiver = await startReceiver(receiverConfig(flags, assentHome(env)));
  process.on('SIGHUP', () => receiver.reload());
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  // From here on, a signal is heard.
  process.stdout.write(`listening on ${receiver.address}\n`);
  await asked;
  await receiver.stop();
}
