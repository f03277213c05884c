// Writes the pages of docs/ that come from the code; with `--check` it writes nothing, and fails where a page is another one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { limitsPage } from './docs/limits.ts';

const root = join(import.meta.dirname, '..');
const pages = { 'docs/limits.md': await limitsPage(root) };

for (const [name, text] of Object.entries(pages)) {
  const path = join(root, name);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (before === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${name} is not what the code says: run node scripts/write-docs.ts, and commit it`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    console.error(`wrote ${name}`);
  }
}
