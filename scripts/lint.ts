// Everything that is checked without running the code: lint, format, folder tables, generated pages, unused code; with `--types` the types too.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', 'node_modules', '.bin');

type Step = readonly [name: string, command: string, ...args: string[]];

const types: readonly Step[] = [
  ['types', 'tsc'],
  ['types of the page', 'tsc', '-p', 'web'],
  ['types of its tests', 'tsc', '-p', 'web/tsconfig.test.json'],
];

const steps: readonly Step[] = [
  ...(process.argv.includes('--types') ? types : []),
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'biome', 'check'],
  ['folders', 'node', 'scripts/check-folders.ts'],
  ['generated pages', 'node', 'scripts/write-docs.ts', '--check'],
  ['unused code', 'knip'],
];

for (const [name, command, ...args] of steps) {
  process.stderr.write(`lint: ${name}\n`);
  if (spawnSync(join(bin, command), args, { stdio: 'inherit' }).status === 0) continue;
  process.stderr.write(`lint: ${name} failed\n`);
  process.exit(1);
}
