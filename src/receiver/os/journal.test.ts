import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { scratchFolder } from '../../../test/support/scratch.ts';
import { Journal } from './journal.ts';

const anything = /^.*$/;
const digits = /^[0-9]+$/;

/** A journal that is there already, or is not; what it remembers is what `live` says. */
function journal(t: TestContext, { text, live = [] }: { text?: string; live?: string[] } = {}) {
  const folder = scratchFolder(t);
  const path = join(folder, 'seen');
  if (text !== undefined) writeFileSync(path, text);
  const opened = new Journal(path, () => live);
  return { folder, path, journal: opened, content: () => readFileSync(path, 'latin1') };
}

test('what is appended is there, and again after a restart', async (t) => {
  const { journal: first, path, content } = journal(t);
  assert.deepEqual(first.read(digits), []);
  await first.append('1');
  assert.equal(content(), '1\n');
  await first.append('2');
  first.close();
  const second = new Journal(path, () => []);
  t.after(() => second.close());
  assert.deepEqual(second.read(digits), ['1', '2']);
  await second.append('3');
  assert.equal(content(), '1\n2\n3\n');
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('appends at once all settle, in their order', async (t) => {
  const numbers = Array.from({ length: 5000 }, (_, at) => String(at));
  const { journal: one, content } = journal(t, { live: numbers });
  t.after(() => one.close());
  one.read(digits);
  let settled = 0;
  await Promise.all(numbers.map((line) => one.append(line).then(() => settled++)));
  assert.equal(settled, 5000);
  assert.equal(content(), numbers.map((line) => `${line}\n`).join(''));
});

describe('the end of a file that was torn', () => {
  for (const [name, torn] of [
    ['half a line', '3'],
    ['zeros where a line should be', '\0\0\0\0'],
    ['half a character', 'x\xff'],
  ] as const) {
    test(`${name} is taken off`, async (t) => {
      const { journal: one, content } = journal(t, { text: `1\n2\n${torn}` });
      t.after(() => one.close());
      assert.deepEqual(one.read(digits), ['1', '2']);
      assert.equal(content(), '1\n2\n');
      await one.append('4');
      assert.equal(content(), '1\n2\n4\n');
    });
  }

  test('a file that is nothing but torn is empty', (t) => {
    const { journal: one, content } = journal(t, { text: '12345' });
    t.after(() => one.close());
    assert.deepEqual(one.read(digits), []);
    assert.equal(content(), '');
  });
});

describe('a line that is damaged is refused, with its number', () => {
  for (const [text, number] of [
    ['1\nx\n3\n', 2],
    ['\n', 1],
    ['1\n\n', 2],
    ['1\n2\n\0\0\n', 3],
    ['1\n2\r\n', 2],
    ['1\n2 \n3', 2],
  ] as const) {
    test(JSON.stringify(text), (t) => {
      const { journal: one, path } = journal(t, { text });
      t.after(() => one.close());
      assert.throws(() => one.read(digits), {
        code: 'damaged',
        message: `${path} line ${number} is damaged. What it remembered is lost; take the line out if you can answer for that.`,
      });
    });
  }
});

describe('compaction', () => {
  test('keeps what counts, and goes on after it', async (t) => {
    const live = ['a', 'b'];
    const { folder, journal: one, path, content } = journal(t, { live });
    one.read(anything);
    for (let at = 0; at < 999; at++) await one.append(String(at));
    assert.equal(content().split('\n').length, 1000);
    await one.append('the thousandth');
    // The append is settled before the file is written anew, which happens before anything else is done.
    assert.equal(content(), 'a\nb\n');
    await one.append('c');
    assert.equal(content(), 'a\nb\nc\n');
    assert.deepEqual(readdirSync(folder), ['seen']);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    one.close();
    const again = new Journal(path, () => live);
    t.after(() => again.close());
    assert.deepEqual(again.read(anything), ['a', 'b', 'c']);
  });

  test('is not worth it where most of it counts', async (t) => {
    const live = Array.from({ length: 900 }, (_, at) => `live ${at}`);
    const { journal: one, content } = journal(t, { live, text: live.map((line) => `${line}\n`).join('') });
    t.after(() => one.close());
    one.read(anything);
    for (let at = 0; at < 899; at++) await one.append(String(at));
    assert.equal(content().split('\n').length, 1800);
    await one.append('the 1,800th');
    assert.equal(content(), `${live.join('\n')}\n`);
  });

  test('that is not possible leaves the file as it was, and all that is appended', async (t) => {
    // A name as long as a name can be: there is none for the file beside it.
    const path = join(scratchFolder(t), 'x'.repeat(255));
    const one = new Journal(path, () => ['a']);
    t.after(() => one.close());
    one.read(anything);
    for (let at = 0; at < 1500; at++) await one.append(String(at));
    assert.equal(readFileSync(path, 'utf8').split('\n').length, 1501);
  });
});

// A file that may not grow past 1,024 bytes takes what fits of a line, as a full disk does.
const filling = `
  const { Journal } = await import(process.argv[1]);
  const journal = new Journal(process.argv[2], () => []);
  journal.read(/^x+$/);
  const outcomes = [];
  const append = (length) => journal.append('x'.repeat(length)).then(
    () => outcomes.push('taken'),
    (error) => outcomes.push(error.code),
  );
  for (const length of [400, 400, 400, 100]) await append(length);
  await Promise.all([append(1), append(300), append(2)]);
  await append(3);
  process.stdout.write(JSON.stringify(outcomes));`;

test('a line that does not fit is refused whole, and what fits comes after it', (t) => {
  const path = join(scratchFolder(t), 'seen');
  const module = pathToFileURL(join(import.meta.dirname, 'journal.ts')).href;
  const limited = 'ulimit -f 1 && exec "$@"';
  const node = [process.execPath, '--input-type=module', '--eval', filling, module, path];
  const outcomes: unknown = JSON.parse(
    execFileSync('bash', ['-c', limited, 'bash', ...node], { encoding: 'utf8' }),
  );
  // The first of three goes alone; the other two go together, and are refused together.
  assert.deepEqual(outcomes, ['taken', 'taken', 'EFBIG', 'taken', 'taken', 'EFBIG', 'EFBIG', 'taken']);
  const lengths = readFileSync(path, 'latin1')
    .split('\n')
    .map((line) => line.length);
  assert.deepEqual(lengths, [400, 400, 100, 1, 3, 0]);
});

test('where nobody knows any more what is on disk, nothing is taken', async (t) => {
  const { folder, journal: one } = journal(t);
  one.read(digits);
  await one.append('1');
  one.close();
  // What has the descriptor now can be neither written nor cut.
  const folderInItsPlace = openSync(folder, 'r');
  t.after(() => closeSync(folderInItsPlace));
  await assert.rejects(one.append('2'), { code: 'EBADF' });
  await assert.rejects(one.append('3'), { code: 'EINVAL' });
});
