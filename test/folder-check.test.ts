import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { checkFolders } from '../scripts/folders/check.ts';
import { scratchFolder } from './support/scratch.ts';

const tables = `
## The folders

| folder         | holds  | may import                                      | Node          | never |
| -------------- | ------ | ----------------------------------------------- | ------------- | ----- |
| \`src/lib\`      | leaves | nothing of ours                                 | all           | x     |
| \`src/contract\` | wire   | nothing of ours                                 | none          | x     |
| \`src/pack\`     | packs  | lib                                             | \`node:crypto\` | x     |
| \`src/store\`    | rows   | lib                                             | all           | x     |
| \`src/main\`     | builds | everything above but contract                   | all           | x     |
| \`src/cli\`      | words  | lib, main (lazily)                              | all           | x     |
| \`web/\`         | page   | contract (types), contract/key.ts               | none          | x     |
| \`test/\`        | tests  | anything                                        | all           | x     |

## The rooms

| room               | may import of its folder |
| ------------------ | ------------------------ |
| \`src/store\`        | engine                   |
| \`src/store/engine\` | nothing of it            |
| \`src/store/history\`| root, engine             |
| \`web\`              | ui                       |
| \`web/ui\`           | nothing of it            |
| \`web/api\`          | ui                       |

## The packages

| package              | imported by              |
| -------------------- | ------------------------ |
| \`pg\`                 | store/engine             |
| \`@scope/page\`        | web/ui                   |
| \`logger\`             | store (types), main      |
| \`heavy\`              | lib (lazily)             |

## What is read before the receiver is trusted

| what  | begins at         | not past           | lines at most |
| ----- | ----------------- | ------------------ | ------------- |
| all   | \`src/lib/read.ts\` | nothing            | 1,000         |
| front | \`src/lib/read.ts\` | \`src/lib/rest.ts\`  | 2             |
`;

type Files = Readonly<Record<string, string>>;

/** A tree that keeps to every rule, with each kind of arrow that is allowed. */
const good: Files = {
  'docs/architecture.md': tables,
  'src/lib/read.ts': "import { rest } from './rest.ts';\nexport const read = rest;\n",
  'src/lib/rest.ts': "import { join } from 'node:path';\nexport const rest = join;\nexport const more = 1;\n",
  'src/lib/heavy.ts': "export const heavy = () => import('heavy/inside');\n",
  'src/contract/wire.ts': 'export const wire = 1;\nexport type Wire = number;\n',
  'src/contract/key.ts': 'export const key = 1;\n',
  'src/pack/pack.ts':
    "import { hash } from 'node:crypto';\nimport { read } from '../lib/read.ts';\nexport const pack = [hash, read];\n",
  'src/store/rows.ts':
    "import type { Logger } from 'logger';\nimport { open } from './engine/open.ts';\nexport const rows = (log: Logger) => [log, open];\n",
  'src/store/engine/open.ts': "import pg from 'pg';\nexport const open = pg;\n",
  'src/store/history/search.ts':
    "import { open } from '../engine/open.ts';\nimport { rows } from '../rows.ts';\nexport const search = [open, rows];\n",
  'src/main/up.ts':
    "import { logger } from 'logger';\nimport { rows } from '../store/rows.ts';\nexport const up = [logger, rows];\n",
  'src/main/up.test.ts': "import { wire } from '../contract/wire.ts';\nvoid wire;\n",
  'src/cli/run.ts':
    "import type { up } from '../main/up.ts';\nexport const run = (): Promise<typeof up> => import('../main/up.ts').then((main) => main.up);\n",
  'web/main.tsx': "import { text } from './ui/text.tsx';\nexport const main = text;\n",
  'web/ui/text.tsx': "import { part } from '@scope/page/part';\nexport const text = part;\n",
  'web/api/fetch.ts':
    "import type { Wire } from '../../src/contract/wire.ts';\nimport { key } from '../../src/contract/key.ts';\nexport const ask = (at: Wire) => fetch(`/${at}/${key}`);\n",
};

function faultsOf(t: TestContext, changed: Files): readonly string[] {
  return check(t, changed).faults;
}

function check(t: TestContext, changed: Files) {
  const root = scratchFolder(t);
  for (const [path, text] of Object.entries({ ...good, ...changed })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkFolders(root);
}

/** What is added to the good tree, and the one sentence that must be said of it. */
const refused: Readonly<Record<string, readonly [changed: Files, says: string]>> = {
  'a folder further down': [
    { 'src/lib/up.ts': "import { rows } from '../store/rows.ts';\nvoid rows;\n" },
    'src/lib/up.ts: src/lib must not import src/store (../store/rows.ts)',
  ],
  'a type from a folder further down': [
    { 'src/lib/up.ts': "import type { Wire } from '../contract/wire.ts';\nexport type Own = Wire;\n" },
    'src/lib/up.ts: src/lib must not import src/contract (../contract/wire.ts)',
  ],
  're-exporting over several lines': [
    { 'src/lib/up.ts': "export {\n  rows,\n  rows as others,\n} from '../store/rows.ts';\n" },
    'src/lib/up.ts: src/lib must not import src/store (../store/rows.ts)',
  ],
  'an import for its effects': [
    { 'src/lib/up.ts': "import '../store/rows.ts';\n" },
    'src/lib/up.ts: src/lib must not import src/store (../store/rows.ts)',
  ],
  'a folder that "everything above" leaves out': [
    { 'src/main/wire.ts': "import { wire } from '../contract/wire.ts';\nvoid wire;\n" },
    'src/main/wire.ts: src/main must not import src/contract (../contract/wire.ts)',
  ],
  'what is to be loaded lazily': [
    { 'src/cli/now.ts': "import { up } from '../main/up.ts';\nvoid up;\n" },
    "src/cli/now.ts: src/cli may import src/main lazily only: await import('../main/up.ts')",
  ],
  'a folder that is in no row': [
    { 'src/extra/one.ts': 'export const one = 1;\n' },
    'src/extra/one.ts: the folder "src/extra" is not in the table',
  ],
  'what lies outside of src': [
    { 'src/lib/peer.ts': "import { peer } from '../../test/peer.ts';\nvoid peer;\n" },
    'src/lib/peer.ts: src imports nothing that is outside of it (../../test/peer.ts)',
  ],
  'the page, from src': [
    { 'src/lib/page.ts': "import { main } from '../../web/main.tsx';\nvoid main;\n" },
    'src/lib/page.ts: src/lib must not import web (../../web/main.tsx)',
  ],
  'Node where there is none': [
    { 'src/contract/disk.ts': "import { readFileSync } from 'node:fs';\nvoid readFileSync;\n" },
    'src/contract/disk.ts: src/contract must not import node:fs',
  ],
  'another module of Node than the named': [
    { 'src/pack/disk.ts': "import { readFileSync } from 'node:fs';\nvoid readFileSync;\n" },
    'src/pack/disk.ts: src/pack must not import node:fs',
  ],
  'Node in the page': [
    { 'web/ui/disk.ts': "import { readFileSync } from 'node:fs';\nvoid readFileSync;\n" },
    'web/ui/disk.ts: web must not import node:fs',
  ],
  'values of the contract in the page': [
    { 'web/ui/wire.ts': "import { wire } from '../../src/contract/wire.ts';\nvoid wire;\n" },
    "web/ui/wire.ts: web may import src/contract for its types only: import type … from '../../src/contract/wire.ts'",
  ],
  'another folder of src in the page': [
    {
      'web/ui/lib.ts': "import type { read } from '../../src/lib/read.ts';\nexport type Own = typeof read;\n",
    },
    'web/ui/lib.ts: web must not import src/lib (../../src/lib/read.ts)',
  ],
  'a package that is in no row': [
    { 'src/lib/new.ts': "import { left } from 'left-pad';\nvoid left;\n" },
    'src/lib/new.ts: the package left-pad is not in the table of packages',
  ],
  'a package of another folder': [
    { 'src/lib/rows.ts': "import pg from 'pg';\nvoid pg;\n" },
    'src/lib/rows.ts: src/lib must not import the package pg',
  ],
  'a package of another room': [
    { 'src/store/history/rows.ts': "import pg from 'pg';\nvoid pg;\n" },
    'src/store/history/rows.ts: src/store/history must not import the package pg',
  ],
  'a package of another room of the page': [
    { 'web/api/part.ts': "import { part } from '@scope/page';\nvoid part;\n" },
    'web/api/part.ts: web/api must not import the package @scope/page',
  ],
  'values of a package that is there for its types': [
    { 'src/store/log.ts': "import { logger } from 'logger';\nvoid logger;\n" },
    "src/store/log.ts: src/store may import the package logger for its types only: import type … from 'logger'",
  ],
  'a heavy package at once': [
    { 'src/lib/now.ts': "import { heavy } from 'heavy';\nvoid heavy;\n" },
    "src/lib/now.ts: src/lib may import the package heavy lazily only: await import('heavy')",
  ],
  'a room on a floor above': [
    {
      'src/store/engine/up.ts':
        "import type { search } from '../history/search.ts';\nexport type S = typeof search;\n",
    },
    'src/store/engine/up.ts: the room src/store/engine must not import src/store/history (src/store/history/search.ts)',
  ],
  'the root of a folder, from a room below it': [
    { 'src/store/engine/up.ts': "import { lone } from '../lone.ts';\nvoid lone;\n" },
    'src/store/engine/up.ts: the room src/store/engine must not import the root of src/store (src/store/lone.ts)',
  ],
  'a room of the page that stands higher': [
    { 'web/ui/ask.ts': "import { ask } from '../api/fetch.ts';\nvoid ask;\n" },
    'web/ui/ask.ts: the room web/ui must not import web/api (web/api/fetch.ts)',
  ],
  'a room that is in no row': [
    { 'src/store/cellar/one.ts': 'export const one = 1;\n' },
    'src/store/cellar/one.ts: the room src/store/cellar is not in the table of rooms',
  ],
  'two files that import each other, if only for types': [
    {
      'src/lib/egg.ts': "import type { Hen } from './hen.ts';\nexport type Egg = Hen[];\n",
      'src/lib/hen.ts': "import type { Egg } from './egg.ts';\nexport type Hen = Egg[];\n",
    },
    'these import each other: src/lib/egg.ts → src/lib/hen.ts → src/lib/egg.ts',
  ],
  'a circle of three in the page': [
    {
      'web/ui/a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
      'web/ui/b.ts': "import { c } from './c.ts';\nexport const b = c;\n",
      'web/ui/c.ts': "import { a } from './a.ts';\nexport const c = () => a;\n",
    },
    'these import each other: web/ui/a.ts → web/ui/b.ts → web/ui/c.ts → web/ui/a.ts',
  ],
  'a reading that is too long': [
    { 'src/lib/read.ts': "import { rest } from './rest.ts';\n\nexport const read = rest;\n" },
    'front: 3 lines in 1 files, of 2 lines at most',
  ],
  'a file called utils': [
    { 'src/lib/utils.ts': 'export const one = 1;\n' },
    'src/lib/utils.ts: name the file for what it holds',
  ],
  'a file of the page called helpers': [
    { 'web/ui/helpers.tsx': 'export const one = 1;\n' },
    'web/ui/helpers.tsx: name the file for what it holds',
  ],
  'a second fetch': [
    { 'web/ui/second.ts': "export const second = () => fetch('/');\n" },
    'web/ui/second.ts: only web/api/fetch.ts asks the gateway: import `ask`',
  ],
  'text that becomes markup': [
    { 'web/ui/markup.ts': 'export const show = (at: Element) => (at.innerHTML = "<b>");\n' },
    'web/ui/markup.ts: no text becomes markup: render it with web/ui/text.tsx',
  ],
};

describe('the folder check refuses', () => {
  for (const [name, [changed, says]] of Object.entries(refused)) {
    test(name, (t) => assert.deepEqual(faultsOf(t, changed), [says]));
  }
});

/** A word of the tables that is replaced, and what is said of the row then. */
const unreadable: Readonly<Record<string, readonly [from: string, to: string, says: RegExp]>> = {
  'a row that lacks a cell': [
    '| wire   | nothing of ours ',
    '| nothing of ours ',
    /:7: this row has 4 cells/,
  ],
  'a row without its end': ['| x     |\n', '| x\n', /:6: this row does not end with \|/],
  'an empty cell': ['| nothing of ours ', '|  ', /:6: an empty cell says nothing/],
  'a folder that stands below': [
    '| packs  | lib ',
    '| packs  | store ',
    /:8: "store" is no folder of a row above/,
  ],
  'a folder that is not there': [
    'lib, main (lazily)',
    'lib, mian (lazily)',
    /:11: "mian" is no folder of a row/,
  ],
  'another manner': ['main (lazily)', 'main (slowly)', /:11: cannot read "main \(slowly\)"/],
  'other modules of Node': ['`node:crypto`', 'crypto', /:8: Node is "all", "none" or names .* not "crypto"/],
  'other columns': ['| may import of its folder', '| stands on', /:17: the columns of "The rooms" are/],
  'a package in no folder': [
    'store/engine             |',
    'stor/engine |',
    /:30: "stor" is no folder of the table/,
  ],
  'no number of lines': ['1,000', 'few', /:39: "few" is no number of lines/],
  'a file that is gone': [
    '`src/lib/rest.ts`',
    '`src/lib/lost.ts`',
    /:40: there is no file src\/lib\/lost\.ts/,
  ],
  'a missing table': ['## The packages', '## Parcels', /there is no table under the heading "The packages"/],
};

describe('the folder check stops at a table with', () => {
  for (const [name, [from, to, says]] of Object.entries(unreadable)) {
    test(name, (t) => {
      const text = tables.replace(from, to);
      assert.notEqual(text, tables);
      const faults = faultsOf(t, { 'docs/architecture.md': text });
      assert.equal(faults.length, 1);
      assert.match(faults[0] ?? '', /^docs\/architecture\.md:\d+: /);
      assert.match(faults[0] ?? '', says);
    });
  }
});

test('the folder check passes what keeps to the tables, and says how long the readings are', (t) => {
  assert.deepEqual(check(t, {}), {
    faults: [],
    notes: [
      'all: 5 lines in 2 files, of 1000 lines at most',
      'front: 2 lines in 1 files, of 2 lines at most',
    ],
  });
});

test('the folder check passes this repository', () => {
  assert.deepEqual(checkFolders(join(import.meta.dirname, '..')).faults, []);
});
