import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { numbersIn } from '../scripts/docs/constants.ts';
import { limitsPage } from '../scripts/docs/limits.ts';
import { tablesIn } from '../scripts/folders/tables.ts';
import { scratchFolder } from './support/scratch.ts';

const root = join(import.meta.dirname, '..');
const page = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');

describe('docs/limits.md', () => {
  test('is what the code says', async () => {
    assert.equal(page('limits.md'), await limitsPage(root), 'run node scripts/write-docs.ts, and commit it');
  });

  test('is made of every named number, with the comment above it', (t) => {
    const folder = scratchFolder(t);
    mkdirSync(join(folder, 'src/gateway'), { recursive: true });
    writeFileSync(
      join(folder, 'src/gateway/one.ts'),
      `/** Bytes of\n * a body. */\nexport const bodyBytes = 64 * 1024;\n/** Other. */\nconst skewMs = 30_000n;\nconst silent = 2 ** 31 - 1;\n/** Pauses. */\nconst pausesMs = [1_000, 2_000];\nexport interface Limits {\n  /** How long. */\n  readonly leaseMs: number;\n}\nexport const defaultLimits: Limits = {\n  leaseMs: 5 * 60_000,\n};\n`,
    );
    const found = numbersIn(folder).map(({ name, values, says }) => [name, values, says]);
    assert.deepEqual(found, [
      ['bodyBytes', [65_536], 'Bytes of a body.'],
      ['skewMs', [30_000], 'Other.'],
      ['silent', [2_147_483_647], ''],
      ['pausesMs', [1000, 2000], 'Pauses.'],
      ['leaseMs', [300_000], 'How long.'],
    ]);
  });

  test('is refused while a number says nothing of what it bounds', async (t) => {
    const folder = scratchFolder(t);
    mkdirSync(join(folder, 'src/gateway'), { recursive: true });
    writeFileSync(join(folder, 'src/gateway/one.ts'), 'const most = 3;\n');
    await assert.rejects(limitsPage(folder), {
      message: 'say in a doc comment what it bounds: src/gateway/one.ts most',
    });
  });
});

/** Every column as `table.column`, of what each engine's dump says. */
const dumped: Readonly<Record<string, (dump: string) => string[]>> = {
  sqlite: (dump) =>
    [...dump.matchAll(/^CREATE TABLE "(\w+)" \((.*)\);$/gm)].flatMap(([, table, columns = '']) =>
      [...columns.matchAll(/(?:^|, )"(\w+)" /g)].map(([, column]) => `${table}.${column}`),
    ),
  postgres: (dump) => [...dump.matchAll(/^(\w+\.\w+) /gm)].map(([, column = '']) => column),
};

describe('docs/storage.md', () => {
  const tables = tablesIn(page('storage.md'));

  for (const [engine, columnsOf] of Object.entries(dumped)) {
    test(`names every column that ${engine} has, and no other`, () => {
      const dump = readFileSync(join(root, 'src/store/schema', `${engine}.sql`), 'utf8');
      const named = tables.flatMap(({ heading, rows }) =>
        rows.map(({ cells }) => `${heading}.${cells[0]?.replaceAll('`', '')}`),
      );
      assert.ok(named.length > 100);
      assert.deepEqual(named.toSorted(), columnsOf(dump).toSorted());
    });
  }

  test('says of each how it is kept, in one of its four words', () => {
    for (const { heading, columns, rows } of tables) {
      assert.deepEqual(columns, ['column', 'holds', 'kept'], heading);
      for (const { line, cells } of rows)
        assert.match(cells[2] ?? '', /^(?:plain|redacted|hashed|sealed)$/, `line ${line}`);
    }
  });

  test('calls hashed and sealed what the schema names so', () => {
    for (const { heading, rows } of tables)
      for (const { cells } of rows) {
        const name = cells[0] ?? '';
        if (/hash/.test(name)) assert.equal(cells[2], 'hashed', `${heading}.${name}`);
        if (/sealed/.test(name)) assert.equal(cells[2], 'sealed', `${heading}.${name}`);
      }
  });
});
