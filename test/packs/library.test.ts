import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const types = join(root, 'dist', 'types', 'pack');

interface Example {
  readonly from: string;
  readonly code: string;
}

/** What stands between ```ts and ```, in a page or in a doc comment. */
function examplesIn(path: string): Example[] {
  const text = readFileSync(join(root, path), 'utf8').replace(/^ \* ?/gm, '');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => ({ from: path, code }));
}

const examples = ['docs/pack-library.md', ...globSync('src/pack/*.ts', { cwd: root })]
  .filter((path) => !path.endsWith('.test.ts'))
  .flatMap(examplesIn);

describe('assent/pack', () => {
  let folder: string;
  before(() => {
    // Inside the package, so that its own name leads to what is built.
    mkdirSync(join(root, 'test-results'), { recursive: true });
    folder = mkdtempSync(join(root, 'test-results', 'examples-'));
    for (const [at, { code }] of examples.entries()) writeFileSync(join(folder, `${at}.ts`), code);
  });
  after(() => rmSync(folder, { recursive: true }));

  test('has an example for each of its tasks', () => {
    const code = examples.map((example) => example.code).join('\n');
    const tasks = [
      'compileScript',
      'extractRecipe',
      'makePack',
      'signPack',
      'verifyEnvelope',
      'decodePayload',
    ];
    for (const name of [...tasks, 'ReplyReader', 'parsePolicy', 'PackError'])
      assert.ok(code.includes(name), name);
  });

  test('its examples have the types that its users see', () => {
    const files = examples.map((_, at) => join(folder, `${at}.ts`));
    const options = ['--noEmit', '--ignoreConfig', '--strict', '--module', 'nodenext', '--target', 'es2024'];
    execFileSync(join(root, 'node_modules/.bin/tsc'), [...options, '--types', 'node', ...files], {
      cwd: root,
      encoding: 'utf8',
    });
  });

  for (const [at, { from, code }] of examples.entries())
    test(`example ${at + 1}, of ${from}, prints what it says`, () => {
      const printed = execFileSync(process.execPath, [join(folder, `${at}.ts`)], { encoding: 'utf8' });
      const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, words = '']) => words);
      const lines = printed.split('\n').filter(Boolean).join(', ');
      for (const words of said)
        if (!words.includes('…')) assert.ok(lines.includes(words), `${lines}, not ${words}`);
    });

  test('exports what it exported, by name and type', () => {
    const path = join(import.meta.dirname, 'library.d.ts.txt');
    const surface = exportedDeclarations();
    if (process.env['UPDATE_LIBRARY'] === '1') writeFileSync(path, surface);
    assert.equal(surface, readFileSync(path, 'utf8'), 'a user of the library would notice this change');
  });
});

/** The declarations behind the exported names, sorted, without comments and without the files that they stand in. */
function exportedDeclarations(): string {
  const index = readFileSync(join(types, 'index.d.ts'), 'utf8');
  const names = [...index.matchAll(/export (?:type )?\{([^}]*)\}/g)]
    .flatMap(([, list = '']) => list.split(','))
    .map((name) => name.replace('type ', '').trim())
    .filter(Boolean)
    .toSorted();
  const all = globSync('*.d.ts', { cwd: types })
    .filter((name) => name !== 'index.d.ts')
    .map((name) => readFileSync(join(types, name), 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\n/gm, '');
  const declarations = all
    .split(/^(?=export |import |declare )/m)
    .filter((text) => text.startsWith('export '));
  return names
    .map((name) => {
      const found = declarations.filter((text) =>
        new RegExp(`^export (?:declare )?(?:const|function|class|interface|type) ${name}\\b`).test(text),
      );
      assert.equal(found.length, 1, name);
      return found[0];
    })
    .join('');
}
