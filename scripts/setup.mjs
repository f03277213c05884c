// Brings a fresh clone to the point where everything runs: dependencies as locked, then the build in dist/.
// Plain JavaScript without dependencies, because it is the one file that runs on whatever Node npm runs on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const installStamp = join(root, 'node_modules', '.assent-installed');
const buildStamp = join(root, 'dist', '.assent-built');
const options = new Set(process.argv.slice(2));

install();
if (!options.has('--install-only')) build();

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
  const wanted = digest(['package-lock.json', 'tsconfig.json', ...sources('src'), 'scripts/build.ts']);
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

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
