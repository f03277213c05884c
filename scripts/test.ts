// What CI decides by: types, lint, the folder table, unused code, then every test, on both engines where PostgreSQL is.
// Several files run at a time, in an order that a seed decides, so that no file comes to rely on its neighbours. The seed
// is printed first; ASSENT_TEST_SEED gives it back, to the order and to fast-check alike.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { chromiumPath, installChromium } from '../test/support/chromium.ts';
import { startPostgres } from '../test/support/postgres-server.ts';
import { killAll, processesUnder } from './process-tree.ts';
import { readSeed, shuffled } from './shuffle.ts';

/** On two cores: a third file fills the time in which the two others wait for a disk, a socket or a timer. */
/** As many as the machine has cores, or as is asked for: with three browsers on two cores, waits of a minute run out. */
const filesAtATime = Number(process.env['ASSENT_TEST_FILES'] ?? availableParallelism());

const root = join(import.meta.dirname, '..');
const named = process.argv.slice(2);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);

const seed = readSeed(process.env.ASSENT_TEST_SEED);
say(`seed ${seed}; ASSENT_TEST_SEED=${seed} gives the same order and the same random values again`);

// Whatever a test leaves behind lies in here, also where it was killed. PostgreSQL's user must be able to pass through.
const folder = mkdtempSync(join(tmpdir(), 'assent-'));
chmodSync(folder, 0o711);
process.env.TMPDIR = folder;
try {
  process.exitCode = await everything();
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The exit code. */
async function everything(): Promise<number> {
  if (named.length === 0 && !(await lint())) return 1;
  const postgres = await startPostgres();
  if (postgres === undefined) say('PostgreSQL is not installed here: its half of the suite is skipped');
  try {
    return await tests({
      ...process.env,
      ASSENT_TEST_SEED: String(seed),
      // Two hundred files and the commands that they start compile the same modules: once is enough.
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
      ...(postgres !== undefined && { DATABASE_URL: postgres.url }),
    });
  } finally {
    await postgres?.stop();
  }
}

/** False where it found something, or was stopped. */
async function lint(): Promise<boolean> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'lint.ts'), '--types'], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code === 0 && !stopping.signal.aborted;
}

async function tests(env: NodeJS.ProcessEnv): Promise<number> {
  const pattern = ['src/**/*.test.ts', 'web/**/*.test.ts', 'test/**/*.test.ts'];
  const files = shuffled(named.length > 0 ? named : globSync(pattern, { cwd: root }).toSorted(), seed);
  if (files.some((file) => file.includes('test/page/'))) findChromium();
  say(`${files.length} files, ${filesAtATime} at a time`);
  const stream = run({
    files: files.map((file) => resolve(root, file)),
    cwd: root,
    concurrency: filesAtATime,
    timeout: 180_000,
    execArgv: ['--import', join(root, 'test', 'support', 'fast-check-seed.ts')],
    env,
    signal: stopping.signal,
  });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let success = false;
  stream.on('test:summary', (summary) => {
    if (summary.file !== undefined) return;
    const { tests: all, passed, skipped, todo } = summary.counts;
    Object.assign(counts, { passed, failed: all - passed - skipped - todo, skipped: skipped + todo });
    success = summary.success;
  });
  const report = stream.compose(new spec());
  report.pipe(process.stdout);
  await once(report, 'end');
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  return success && !stopping.signal.aborted ? 0 : 1;
}

function findChromium(): void {
  installChromium(say);
  if (chromiumPath() !== undefined) return;
  say('Chromium is not installed here, so that the page is not tested: on Debian, apt-get install chromium');
}

/** Ends what the tests started: a test that is killed runs none of its own cleanup. PostgreSQL ends afterwards, in order. */
function stop(): void {
  if (stopping.signal.aborted) return;
  const started = processesUnder(process.pid, (command) => command !== 'postgres');
  stopping.abort();
  killAll(started);
}

function say(text: string): void {
  process.stderr.write(`test: ${text}\n`);
}
