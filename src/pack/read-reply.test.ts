import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ReplyEvent, ReplyReader } from './read-reply.ts';

const id = '00112233445566778899aabbccddeeff';
const ok = (steps: number) => `OK pack_id=${id} steps=${steps}\n`;
const ran = (step: number, exit = 0) => `STEP ${step} exec exit=${exit} dur_ms=1\n`;
const stdout = (bytes: number) => `--- STDOUT (${bytes} bytes) ---\n`;

/** The events, shortened; the reply must be whole. */
function read(...pieces: readonly string[]): string[] {
  const reader = new ReplyReader();
  const said = pieces.flatMap((piece) => reader.push(Buffer.from(piece)).map(short));
  reader.end();
  return said;
}

function short(event: ReplyEvent): string {
  if (event.kind === 'accepted') return `accepted ${event.packId} ${event.steps}`;
  if (event.kind === 'refused') return `refused ${event.reason}`;
  if (event.kind === 'output') return `${event.stream} ${Buffer.from(event.bytes).toString()}`;
  return `step ${event.step.index} ${event.step.ok ? 'ok' : 'failed'}`;
}

function refuses(reply: string, message: string): void {
  const refusal = { code: 'bad_reply', message };
  assert.throws(() => read(reply), refusal, reply);
  assert.throws(() => read(...reply.split('')), refusal, `${reply}, a byte at a time`);
}

test('a pack that was accepted, and its steps', () => {
  const reply = [
    ok(3),
    ran(0),
    `${stdout(3)}abc\n--- STDERR (2 bytes) ---\nd\n`,
    'STEP 1 write OK bytes=1 path=/a\n',
    ran(2),
  ];
  assert.deepEqual(read(reply.join('')), [
    `accepted ${id} 3`,
    'step 0 ok',
    'stdout abc',
    'stderr d\n',
    'step 1 ok',
    'step 2 ok',
  ]);
});

test('a pack that was refused', () => {
  assert.deepEqual(read('ERR policy missing for key_id: a b\n'), ['refused policy missing for key_id: a b']);
  assert.deepEqual(read('ERR \n'), ['refused ']);
});

test('a step that failed is the last', () => {
  assert.deepEqual(read(`${ok(2)}${ran(0, 1)}${stdout(1)}x\n`), [
    `accepted ${id} 2`,
    'step 0 failed',
    'stdout x',
  ]);
  refuses(`${ok(2)}${ran(0, 1)}${ran(1)}`, 'more than the reply');
});

test('a pack without steps is over when it is accepted', () => {
  assert.deepEqual(read(ok(0)), [`accepted ${id} 0`]);
});

test('output comes in the pieces that arrive', () => {
  assert.deepEqual(read(ok(1), ran(0), stdout(5), 'ab', 'cde', '\n'), [
    `accepted ${id} 1`,
    'step 0 ok',
    'stdout ab',
    'stdout cde',
  ]);
});

test('output that looks like a line is output', () => {
  for (const text of ['STEP 1 ERR x', ok(1).trim(), 'ERR x', stdout(9).trim()]) {
    for (const output of [text, `${text}\n`, `\n${text}\n`, `\n${text}`]) {
      const end = output.endsWith('\n') ? '' : '\n';
      const reply = `${ok(2)}${ran(0)}${stdout(output.length)}${output}${end}${ran(1)}`;
      assert.deepEqual(read(reply), [`accepted ${id} 2`, 'step 0 ok', `stdout ${output}`, 'step 1 ok']);
    }
  }
});

test('output that ends in a newline has none added', () => {
  assert.deepEqual(read(`${ok(1)}${ran(0)}${stdout(2)}a\n`).at(-1), 'stdout a\n');
  refuses(`${ok(1)}${ran(0)}${stdout(2)}a\n\n`, 'not a line of a reply');
});

describe('a reply is refused', () => {
  const refused: readonly [why: string, reply: string, message: string][] = [
    ['neither verdict', 'HELLO\n', 'neither OK nor ERR'],
    ['nothing said', '\n', 'neither OK nor ERR'],
    ['ERR with no reason at all', 'ERR\n', 'neither OK nor ERR'],
    ['an id that is none', `OK pack_id=${id.toUpperCase()} steps=1\n`, 'neither OK nor ERR'],
    ['a short id', 'OK pack_id=00 steps=1\n', 'neither OK nor ERR'],
    ['no count of steps', `OK pack_id=${id}\n`, 'neither OK nor ERR'],
    ['a carriage return', `OK pack_id=${id} steps=1\r\n`, 'neither OK nor ERR'],
    ['a step before the verdict', ran(0), 'neither OK nor ERR'],
    ['no step', `${ok(1)}hello\n`, 'not a line of a reply'],
    ['a second verdict', `${ok(1)}${ok(1)}`, 'not a line of a reply'],
    ['a refusal after the verdict', `${ok(1)}ERR x\n`, 'not a line of a reply'],
    ['a step left out', `${ok(2)}${ran(1)}`, 'steps out of order'],
    ['a step twice', `${ok(2)}${ran(0)}${ran(0)}`, 'steps out of order'],
    ['a step too many', `${ok(1)}${ran(0)}${ran(1)}`, 'steps out of order'],
    ['a step of no steps', `${ok(0)}${ran(0)}`, 'steps out of order'],
    ['lines after a refusal', `ERR x\n${ok(1)}`, 'more than the reply'],
    ['output before anything', stdout(1), 'output of no step'],
    ['output before a step', `${ok(1)}${stdout(1)}`, 'output of no step'],
    ['output after a refusal', `ERR x\n${stdout(1)}`, 'output of no step'],
    ['more output than was said', `${ok(1)}${ran(0)}${stdout(1)}ab\n`, 'output is longer than its count'],
    ['an empty block', `${ok(2)}${ran(0)}${stdout(0)}`, 'not a line of a reply'],
    ['a count that is none', `${ok(2)}${ran(0)}--- STDOUT (x bytes) ---\n`, 'not a line of a reply'],
    ['a third stream', `${ok(2)}${ran(0)}--- STDLOG (1 bytes) ---\n`, 'not a line of a reply'],
    ['a line without end', 'x'.repeat(64 * 1024 + 1), 'line too long'],
    ['a long line', `ERR ${'x'.repeat(64 * 1024)}\n`, 'line too long'],
    ['nothing', '', 'reply broke off'],
    ['half a verdict', 'ERR x', 'reply broke off'],
    ['no steps', ok(1), 'reply broke off'],
    ['a step short', `${ok(2)}${ran(0)}`, 'reply broke off'],
    ['half a step', `${ok(1)}STEP 0 ERR x`, 'reply broke off'],
    ['no output', `${ok(1)}${ran(0)}${stdout(1)}`, 'reply broke off'],
    ['output cut short', `${ok(1)}${ran(0)}${stdout(3)}ab`, 'reply broke off'],
    ['output without its newline', `${ok(1)}${ran(0)}${stdout(2)}ab`, 'reply broke off'],
  ];
  for (const [why, reply, message] of refused) test(`${why}: ${message}`, () => refuses(reply, message));
});

test('a reply cut anywhere but before its last output is refused as broken off', () => {
  const reply = `${ok(1)}${ran(0)}${stdout(3)}abc\n`;
  const wholeStep = `${ok(1)}${ran(0)}`.length;
  for (let length = 0; length < reply.length; length++) {
    if (length === wholeStep) continue;
    assert.throws(() => read(reply.slice(0, length)), { code: 'bad_reply', message: 'reply broke off' });
  }
});

test('a block that claims to be large costs what arrives', () => {
  const reader = new ReplyReader();
  reader.push(Buffer.from(`${ok(1)}${ran(0)}${stdout(9_999_999_999)}`));
  const [event] = reader.push(Buffer.from('abc'));
  assert.equal(event?.kind === 'output' && event.bytes.length, 3);
  assert.throws(() => reader.end(), { code: 'bad_reply', message: 'reply broke off' });
});
