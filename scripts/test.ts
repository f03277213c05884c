// What CI decides by: types, lint, the folder table, unused code, then every test, on both engines where PostgreSQL is.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath, installChromium } from '../test/support/chromium.ts';
import { startPostgres } from '../test/support/postgres-server.ts';

const bin = join(import.meta.dirname, '..', 'node_modules', '.bin');
const named = process.argv.slice(2);

if (named.length === 0 && run('node', ['scripts/lint.ts', '--types'], process.env) !== 0) process.exit(1);

const postgres = await startPostgres();
if (postgres === undefined) say('PostgreSQL is not installed here: its half of the suite is skipped');
const files =
  named.length > 0
    ? named
    : globSync(['src/**/*.test.ts', 'web/**/*.test.ts', 'test/**/*.test.ts']).toSorted();
if (files.some((file) => file.includes('test/page/'))) {
  installChromium(say);
  if (chromiumPath() === undefined)
    say(
      'Chromium is not installed here, so that the page is not tested: on Debian, apt-get install chromium',
    );
}
say(`tests: ${files.length} files`);
const status = run('node', ['--test', '--test-timeout=180000', ...files], {
  ...process.env,
  ...(postgres !== undefined && { DATABASE_URL: postgres.url }),
});
await postgres?.stop();
process.exitCode = status;

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): number {
  return spawnSync(join(bin, command), args, { stdio: 'inherit', env }).status ?? 1;
}

function say(text: string): void {
  process.stderr.write(`test: ${text}\n`);
}
