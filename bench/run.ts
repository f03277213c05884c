// `npm run bench`: every benchmark, one after the other, so that none disturbs another.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

for (const name of ['invoke', 'cli', 'approve', 'packs', 'history', 'page']) {
  console.log(`\n== bench/${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  if (status !== 0) {
    console.error(`bench/${name} failed. Run it alone to see why: node bench/${name}.ts`);
    process.exitCode = 1;
  }
}
