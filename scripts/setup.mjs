// Brings a fresh clone to the point where everything runs: dependencies as locked, then the build in dist/. Then runs the
// command that is given to it, on the Node that came with the dependencies: a shell would remember the one it found before.
// Plain JavaScript without dependencies, because it is the one file that runs on whatever Node npm runs on.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');
const node = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
const installStamp = join(root, 'node_modules', '.assent-installed');
const buildStamp = join(root, 'dist', '.assent-built');
const words = process.argv.slice(2);
const options = new Set(
  words.filter((word, index) => word.startsWith('--') && words.slice(0, index).every(isOption)),
);
const command = words.slice(options.size);

install();
if (!options.has('--install-only')) build();
if (command.length > 0) hand(command);

function isOption(word) {
  return word.startsWith('--');
}

function install() {
  const wanted = digest(['package.json', 'package-lock.json']);
  if (read(installStamp) === wanted) return;
  say('installing dependencies, as locked');
  // Not `npm ci`: it refuses a lock without the packages of other platforms, which not every registry carries.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  if (Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) < 24) {
    fail(
      'Node 24 did not arrive with the dependencies. Allow install scripts for the package "node", then try again.',
    );
  }
  writeFileSync(installStamp, wanted);
}

function build() {
  const inputs = ['package-lock.json', 'tsconfig.json', 'scripts/build.ts', 'scripts/build-web.ts'];
  const wanted = digest([...inputs, ...sources('src'), ...sources('web')]);
  if (!options.has('--rebuild') && read(buildStamp) === wanted) return;
  say('building dist/');
  run(node, [join(root, 'scripts', 'build.ts')]);
  writeFileSync(buildStamp, wanted);
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => statSync(join(root, name)).isFile() && !name.endsWith('.test.ts'))
    .toSorted();
}

function digest(names) {
  const hash = createHash('sha256');
  for (const name of names)
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(root, name)))
      .update('\0');
  return hash.digest('hex');
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) fail(`${command} ${args[0]} failed; its output stands above.`);
}

/** Takes this process's place, as far as that can be done: its terminal, its signals, its exit code. */
function hand([name, ...args]) {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(join(bin, name), args, { cwd: root, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => fail(`${name} could not be started: ${error.message}`));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
