// What CI decides by: types, lint, the folder table, unused code, then every test, on both engines where PostgreSQL is.
// Several files run at a time, in an order that a seed decides, so that no file comes to rely on its neighbours. The seed
// is printed first; ASSENT_TEST_SEED gives it back, to the order and to fast-check alike.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from 'node:test';
import { spec, type TestEvent } from 'node:test/reporters';
import { chromiumPath, installChromium } from '../test/support/chromium.ts';
import { makeTemplate } from '../test/support/databases.ts';
import { startPostgres } from '../test/support/postgres-server.ts';
import { coverageTable } from './coverage-table.ts';
import { killAll, processesUnder } from './process-tree.ts';
import { readSeed, shuffled } from './shuffle.ts';
import { testGroups } from './test-groups.ts';

/** One more than the machine has cores: it fills the time in which the others wait for a disk, a socket or a timer. */
const groupsAtATime = Number(process.env['ASSENT_TEST_FILES'] ?? availableParallelism() + 1);

const root = join(import.meta.dirname, '..');
const counted = {
  coverageIncludeGlobs: ['src/**/*.ts', 'web/**/*.ts'],
  coverageExcludeGlobs: ['**/*.test.ts', '**/fixtures/**'],
};

const words = process.argv.slice(2);
/** Also says how much of each folder ran, of what runs in Node: what the browser runs is not counted. */
const wantsCoverage = words.includes('--coverage');
const named = words.filter((word) => word !== '--coverage');
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
  if (named.length === 0 && !wantsCoverage && !(await lint())) return 1;
  const postgres = await startPostgres();
  if (postgres === undefined) say('PostgreSQL is not installed here: its half of the suite is skipped');
  let template: Awaited<ReturnType<typeof makeTemplate>> | undefined;
  try {
    template = postgres && (await makeTemplate(postgres.url));
    // This process's own: what counts what ran tells the others so by a variable among them.
    Object.assign(process.env, {
      ASSENT_TEST_SEED: String(seed),
      // Two hundred files and the commands that they start compile the same modules: once is enough.
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
      ...(postgres && template && { DATABASE_URL: postgres.url, ASSENT_TEST_TEMPLATE: template.name }),
      // What is built does not say of which source it is.
      ...(wantsCoverage && { ASSENT_TEST_FROM: 'source' }),
    });
    return await tests();
  } finally {
    await template?.drop();
    await postgres?.stop();
  }
}

/** False where it found something, or was stopped. */
async function lint(): Promise<boolean> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'lint.ts'), '--types'], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code === 0 && !stopping.signal.aborted;
}

async function tests(): Promise<number> {
  const pattern = ['src/**/*.test.ts', 'web/**/*.test.ts', 'test/**/*.test.ts'];
  const files = shuffled(named.length > 0 ? named : globSync(pattern, { cwd: root }).toSorted(), seed);
  if (files.some((file) => file.includes('test/page/'))) findChromium();
  const groups = testGroups(root, files, folder);
  if (groups.length > 2) loadOnce();
  say(`${files.length} files in ${groups.length} processes, ${groupsAtATime} at a time`);
  const stream = run({
    ...(wantsCoverage && { coverage: true, ...counted }),
    files: groups.map(({ entry }) => entry),
    cwd: root,
    concurrency: groupsAtATime,
    // Of a whole group: what hangs is to be named by a timeout of its own.
    timeout: 600_000,
    signal: stopping.signal,
  });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let success = false;
  stream.on('test:fail', ({ name }) => {
    const group = groups.find(({ entry }) => entry.endsWith(name));
    if (group !== undefined) say(`one of these did not end as it should: ${group.files.join(' ')}`);
  });
  let covered = '';
  stream.on('test:coverage', ({ summary }) => {
    covered = coverageTable(root, summary.files);
  });
  stream.on('test:summary', (summary) => {
    if (summary.file !== undefined) return;
    const { tests: all, passed, skipped, todo } = summary.counts;
    Object.assign(counts, { passed, failed: all - passed - skipped - todo, skipped: skipped + todo });
    success = summary.success;
  });
  const report = Readable.from(withoutCoverage(stream)).compose(new spec());
  report.pipe(process.stdout);
  await once(report, 'end');
  process.stdout.write(covered);
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  return success && !stopping.signal.aborted ? 0 : 1;
}

/** Node's own report has a line for each of five hundred files. */
async function* withoutCoverage(events: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent> {
  for await (const event of events) if (event.type !== 'test:coverage') yield event;
}

/** A process writes what it has compiled when it ends: many would begin before the first one has. */
function loadOnce(): void {
  spawnSync(process.execPath, [join(root, 'test', 'support', 'gateway.ts')], {
    cwd: root,
    stdio: 'ignore',
  });
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
