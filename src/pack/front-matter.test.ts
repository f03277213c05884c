import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FrontMatter, splitFrontMatter } from './front-matter.ts';

function frontMatterOf(yaml: string): FrontMatter {
  return splitFrontMatter(`---\n${yaml}\n---\n`).frontMatter;
}

function refuses(yaml: string, why: string | RegExp): void {
  const message = typeof why === 'string' ? `recipe front matter: ${why}` : why;
  assert.throws(() => frontMatterOf(yaml), { code: 'bad_recipe', message }, yaml.slice(0, 100));
}

test('a document without front matter is its body', () => {
  for (const text of [
    '',
    'a',
    '\n---\na: 1\n---\n',
    'a\n---\nb\n---\n',
    '--- a\n---\n',
    '----\na: 1\n----\n',
  ])
    assert.deepEqual(splitFrontMatter(text), { frontMatter: {}, body: text });
});

test('front matter that is not closed is none', () => {
  const text = '---\ntitle: a\n--- \t.\n';
  assert.deepEqual(splitFrontMatter(text), { frontMatter: {}, body: text });
});

test('the body keeps its lines where they were', () => {
  assert.deepEqual(splitFrontMatter('---\ntitle: a\n---\nbody\n---\nend'), {
    frontMatter: { title: 'a' },
    body: '\n\n\nbody\n---\nend',
  });
});

test('a byte order mark, carriage returns and blanks at the end of a fence do not count', () => {
  assert.deepEqual(splitFrontMatter('\ufeff---\r\ntitle: a\r\n--- \t\r\nbody'), {
    frontMatter: { title: 'a' },
    body: '\n\n\nbody',
  });
});

test('front matter may be empty', () => {
  for (const text of ['---\n---\n', '---\n\n---\n', '---\n# a comment\n---\n', '---\nnull\n---\n'])
    assert.deepEqual(splitFrontMatter(text).frontMatter, {}, text);
});

test('a field that is null is not given, and those of other tools do not count', () => {
  assert.deepEqual(frontMatterOf('title: null\ntags: ~\nrisk:\nlayout: post\n__proto__: { title: x }'), {});
});

describe('a field is what it must be', () => {
  for (const [yaml, why] of [
    ['title: 1', 'title must be a text'],
    ['title: [a]', 'title must be a text'],
    ['description: { a: b }', 'description must be a text'],
    ['tags: a', 'tags must be a list of texts'],
    ['tags: [a, 1]', 'tags must be a list of texts'],
    ['tags: { a: b }', 'tags must be a list of texts'],
    ['risk: Read', 'risk must be read, write or danger'],
    ['risk: [read]', 'risk must be read, write or danger'],
    ['receiver: true', 'receiver must be a text'],
    ['inputs: a', 'inputs must be a table of names'],
    ['inputs: [a]', 'inputs must be a table of names'],
    ['a', 'it is not a table of fields'],
    ['- a', 'it is not a table of fields'],
    ['1', 'it is not a table of fields'],
    ['title: a\ntitle: b', 'Map keys must be unique'],
  ] as const)
    test(`${JSON.stringify(yaml)}: ${why}`, () => refuses(yaml, why));
});

describe('a text that is made to be large stays small', () => {
  test('aliases', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', 'b: &b [*a,*a,*a,*a,*a,*a]', 'c: [*b,*b,*b,*b,*b,*b]'];
    refuses(bomb.join('\n'), 'it refers to itself too often');
    refuses('inputs: &a { b: *a }', 'it refers to itself too often');
  });

  test('lists in lists', () => {
    refuses(`inputs: ${'['.repeat(100_000)}`, /^recipe front matter: /);
    refuses('- '.repeat(100_000), /^recipe front matter: /);
  });

  // The library writes such a key out as a text, and the keys in it, and so on: 2 KB of them take minutes.
  test('keys that are no texts', () => {
    refuses('inputs: { ? [a] : b }', /^recipe front matter: /);
    refuses(`${'? '.repeat(50)}a`, /^recipe front matter: /);
  });
});

test('an alias of nothing is said to be one', () => {
  refuses('title: *nothing', /^recipe front matter: (?!it refers to itself)/);
});

test('lines that end in carriage returns alone are lines, as they are to markdown', () => {
  assert.deepEqual(splitFrontMatter('---\rtitle: a\r---\rbody').frontMatter, { title: 'a' });
});
