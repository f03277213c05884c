// Everything that is checked without running the code: lint, format, folder tables, generated pages, unused code; with `--types` the
// types too. All at once, and each says what it found in one piece.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const bin = join(import.meta.dirname, '..', 'node_modules', '.bin');

type Step = readonly [name: string, command: string, ...args: string[]];

const types: readonly Step[] = [
  ['types', 'tsc'],
  ['types of the page', 'tsc', '-p', 'web'],
  ['types of its tests', 'tsc', '-p', 'web/tsconfig.test.json'],
];

const steps: readonly Step[] = [
  // The longest first.
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ...(process.argv.includes('--types') ? types : []),
  ['format', 'biome', 'check'],
  ['folders', 'node', 'scripts/check-folders.ts'],
  ['generated pages', 'node', 'scripts/write-docs.ts', '--check'],
  ['unused code', 'knip'],
];

const passed = await Promise.all(steps.map(passes));
if (passed.includes(false)) process.exitCode = 1;

async function passes([name, command, ...args]: Step): Promise<boolean> {
  const child = spawn(join(bin, command), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<number | null>((settle) => child.once('exit', settle));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  process.stderr.write(`lint: ${name}${code === 0 ? '' : ' failed'}\n`);
  process.stderr.write(code === 0 ? out : out + err);
  return code === 0;
}
