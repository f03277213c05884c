// Nobody stops the gateway with a message: how long an owner waits for `GET /v1/me` while a session with one token, or a connector's
// server, does its worst; beside it the same in quiet, and what the same flood costs who asks a bare server of Node's, which is what the
// machine and the flood's own sender cost. Gateway, servers and owner each run in a process of their own.
// `--only NAME` leaves out the attacks whose names do not hold that.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Attacked } from './support/attacked-gateway.ts';
import { Attacker } from './support/attacker.ts';
import type { BareServer } from './support/bare-server.ts';
import { type Bench, bounded } from './support/bounded.ts';
import type { HostileName } from './support/hostile-peers.ts';
import type { ProbeResult } from './support/probe.ts';
import { isSmall, sized } from './support/rounds.ts';

/** What nobody may make of the quiet figure, and in ms. */
const mostTimes = 10;
const mostMs = 100;
const quietMs = sized(4000, 300);

const options = { only: { type: 'string', default: '' }, small: { type: 'boolean' } } as const;
const { only } = parseArgs({ options }).values;

await bounded(async (bench) => {
  const gateway = await startScript<Attacked>(bench, 'attacked-gateway.ts');
  const bare = await startScript<BareServer>(bench, 'bare-server.ts');
  const peers = await startScript<Record<HostileName, string>>(bench, 'hostile-peers.ts');
  const attacker = await Attacker.prepare(gateway, peers);
  bench.after(() => attacker.leave());
  const attacks = Object.entries(attacker.attacks).filter(([name]) => name.includes(only));
  if (attacks.length === 0) throw new Error(`no attack is called ${only}`);
  const quiet = await probed(bench, gateway, () => sleep(quietMs));
  console.log(`quiet: ${quiet.p99.toFixed(1)} ms (p99), ${quiet.slowest.toFixed(1)} ms (slowest)`);
  let missed = 0;
  for (const [name, attack] of attacks) {
    bench.step(name, 120);
    const { p99, slowest } = await probed(bench, gateway, attack);
    const statuses = attacker.statuses();
    const floor = await probed(bench, { ...gateway, ...bare }, () => attacker.against(bare.address, attack));
    attacker.statuses();
    const isMet = p99 <= mostMs && p99 <= mostTimes * quiet.p99;
    if (!isMet) missed++;
    const figures = [
      `${padded(p99, 8)} ms`,
      `${padded(p99 / quiet.p99, 6)} times`,
      `slowest ${padded(slowest, 7)} ms`,
      `bare server ${padded(floor.p99, 6)} ms, ${padded(p99 / floor.p99, 4)} times that`,
    ];
    console.log(`  ${name.padEnd(52)} ${figures.join('  ')}  ${isMet ? '' : 'MISSED'}  ${statuses}`);
  }
  console.log(`attacks that cost more than ${mostTimes} times the quiet figure or ${mostMs} ms: ${missed}`);
});

function padded(value: number, width: number): string {
  return value.toFixed(1).padStart(width);
}

async function probed(bench: Bench, gateway: Attacked, attack: () => Promise<unknown>): Promise<ProbeResult> {
  const script = join(import.meta.dirname, 'support', 'probe.ts');
  const probe = bench.start(process.execPath, [script, `${gateway.address}/v1/me`, gateway.ownerToken]);
  await probe.line(/^ready$/);
  await attack();
  // What was asked for may still be worked on.
  await sleep(sized(500, 50));
  probe.child.kill('SIGTERM');
  const [line] = await probe.line(/^\{.*\}$/);
  await probe.ended;
  // Written by the script itself.
  return JSON.parse(line) as ProbeResult;
}

async function startScript<Result>(bench: Bench, name: string): Promise<Result> {
  const options = isSmall ? ['--small'] : [];
  const started = bench.start(process.execPath, [join(import.meta.dirname, 'support', name), ...options]);
  const [line] = await started.line(/^\{.*\}$/);
  // Written by the script itself.
  return JSON.parse(line) as Result;
}
