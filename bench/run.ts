// `npm run bench`: every benchmark of this folder, one after the other, so that none disturbs another. With `--small` each
// takes a few rounds on a few rows: that shows that it still runs, and measures nothing.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const options = process.argv.slice(2);
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && name !== 'run.ts');
for (const file of files.toSorted()) {
  console.log(`\n== bench/${file}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, file), ...options], {
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  if (status !== 0) process.exitCode = 1;
}
