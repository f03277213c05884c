import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { withoutChromium } from './support/chromium.ts';
import { scratchFolder } from './support/scratch.ts';

const folder = join(import.meta.dirname, '..', 'bench');

/** The figure that each benchmark is for, whatever it comes to. */
const figures: Readonly<Record<string, RegExp>> = {
  'approve.ts': /^approved, and the agent's command has ended +\d+\.\d ms/m,
  'attacks.ts': /^attacks that cost more than 10 times the quiet figure or 100 ms: \d+$/m,
  'cli.ts': /^ratio +\d+\.\d\d /m,
  'history.ts': /^ +counts of everything +\d+\.\d +\d+\.\d$/m,
  'invoke.ts': /^ +invocation \/ constant: \d\.\d{3} +invocation \/ insert: \d\.\d{3}$/m,
  'packs.ts':
    /^ +verify \/ bare +\d\.\d\d .*^ +one step - spawn +-?\d+\.\d\d .*^ +after +20 packs +\d+ MB$/ms,
  'page.ts': /^page: a bare document \d+ ms; the inbox \d+ ms \(\d+\.\d times\), again \d+ ms/m,
  'redaction.ts': /^ +1 MiB, one text +\d+ +\d+ +\d+\.\d +\d+$/m,
};

describe('benchmarks', () => {
  test('each file of bench/ is known here by its figure', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'run.ts');
    assert.deepEqual(files.toSorted(), Object.keys(figures));
  });

  for (const [file, figure] of Object.entries(figures)) {
    const skip = file === 'page.ts' && withoutChromium;
    test(`bench/${file} still runs, prints its figure, and leaves nothing behind`, { skip }, (t) => {
      const TMPDIR = scratchFolder(t);
      const { status, stdout } = spawnSync(process.execPath, [join(folder, file), '--small'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, TMPDIR },
      });
      assert.equal(status, 0, stdout);
      assert.match(stdout, figure);
      assert.deepEqual(
        readdirSync(TMPDIR).filter((name) => name.startsWith('assent-')),
        [],
      );
    });
  }
});
