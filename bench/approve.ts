// How long after a person's approval is answered the agent's `assent actions run` has ended, as a whole process. dist/ must
// be built.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '../src/gateway/bus.ts';
import { approve } from '../src/gateway/invocations/approve.ts';
import { bounded } from './support/bounded.ts';
import { startIdleGateway } from './support/idle-gateway.ts';
import { median, sized } from './support/rounds.ts';

const rounds = sized(20, 1);
const warmUps = sized(2, 0);
const wantedMs = 200;
/** What a person takes at the least; meanwhile the agent has begun to listen. */
const thinkingMs = sized(1000, 0);
const cli = join(import.meta.dirname, '..', 'dist', 'cli.js');

await bounded(async (bench) => {
  const { gateway, address, caller, sessionId, token } = await startIdleGateway(bench, { default: 'write' });
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(bench.folder, 'cache'),
    ASSENT_GATEWAY_URL: address,
    ASSENT_SESSION_ID: sessionId,
    ASSENT_TOKEN: token,
  };
  const times: number[] = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    bench.step('the agent to ask for an approval');
    const asked = approvalRequest(gateway.bus);
    const agent = bench.start(process.execPath, [cli, 'actions', 'run', 'idle:nothing'], { env });
    const id = await agent.whileItRuns(asked);
    await sleep(thinkingMs);
    bench.step("the agent's command to end, after the approval");
    await approve(gateway, caller, id);
    const began = performance.now();
    const status = await agent.ended;
    if (status !== 0) throw new Error(`assent actions run ended with ${status}`);
    if (round >= warmUps) times.push(performance.now() - began);
  }
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  console.log(
    `approved, and the agent's command has ended   ${ms(median(times))}   (most ${ms(Math.max(...times))})`,
  );
  console.log(`median of ${rounds}; at most ${wantedMs} ms is wanted`);
});

/** The id of the next invocation that waits for a person. */
function approvalRequest(bus: Bus): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const unsubscribe = bus.subscribeOwn(({ type, payload }) => {
    if (type === 'action_approval_request') resolve(payload.invocation.id);
  });
  return promise.finally(unsubscribe);
}
