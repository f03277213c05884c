// What `assent actions list` costs as a whole process, against a running gateway, beside `node -e 0`: alternating in one
// run, so that the ratio counts and not the figures. dist/ must be built.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { SessionCreated } from '../src/contract/sessions.ts';
import { bounded } from './support/bounded.ts';
import { median, sized } from './support/rounds.ts';

const rounds = sized(60, 2);
const warmUps = sized(3, 0);
const cli = join(import.meta.dirname, '..', 'dist', 'cli.js');

await bounded(async (bench) => {
  const env = { ...process.env, ASSENT_HOME: bench.folder, XDG_CACHE_HOME: join(bench.folder, 'cache') };
  bench.step('the gateway to listen');
  const gateway = bench.start(process.execPath, [cli, 'up', '--port', '0', '--log-level', 'error'], { env });
  await gateway.line(/^listening on /);
  const agent = { ...env, ...newSession(env).env };
  const pairs = Array.from({ length: warmUps + rounds }, () => {
    bench.step('node and assent actions list');
    const nothing = bench.timed(process.execPath, ['-e', '0'], env);
    return { nothing, list: bench.timed(process.execPath, [cli, 'actions', 'list'], agent) };
  }).slice(warmUps);
  const base = median(pairs.map((one) => one.nothing));
  const whole = median(pairs.map((one) => one.list));
  console.log(`node -e 0             ${base.toFixed(1)} ms`);
  console.log(`assent actions list   ${whole.toFixed(1)} ms`);
  console.log(
    `ratio                 ${(whole / base).toFixed(2)}   (medians of ${rounds}; at most 2 is wanted)`,
  );
});

function newSession(env: NodeJS.ProcessEnv): SessionCreated {
  const text = execFileSync(process.execPath, [cli, 'sessions', 'create', '--json'], {
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  // The gateway checks its answers against this type.
  return JSON.parse(text) as SessionCreated;
}
