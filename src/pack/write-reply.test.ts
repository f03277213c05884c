import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ReplyEvent, ReplyReader } from './read-reply.ts';
import { lines, type Ran, stepBegins, stepRan } from './write-reply.ts';

const quiet: Ran = {
  exit: 0,
  signal: undefined,
  error: undefined,
  durMs: 12,
  timedOut: false,
  truncated: false,
  stdout: Buffer.alloc(0),
  stderr: Buffer.alloc(0),
};
const id = '00112233445566778899aabbccddeeff';

function said(ran: Partial<Ran>, dropped: readonly string[] = []): string {
  return stepRan(3, { ...quiet, ...ran }, dropped).toString('utf8');
}

test('every line of a reply', () => {
  assert.equal(lines.accepted(id, 2).toString(), `OK pack_id=${id} steps=2\n`);
  assert.equal(lines.refused('replay').toString(), 'ERR replay\n');
  assert.equal(lines.stepRefused(4, 'bad_cwd').toString(), 'STEP 4 ERR bad_cwd\n');
  assert.equal(lines.wrote(4, 7, '/a b').toString(), 'STEP 4 write OK bytes=7 path=/a b\n');
  assert.equal(lines.notWritten(4, 'bad path').toString(), 'STEP 4 write ERR bad path\n');
});

describe('a step that ran', () => {
  test('says no more than there is to say', () => assert.equal(said({}), 'STEP 3 exec exit=0 dur_ms=12\n'));

  test('begins as it always does', () => {
    for (const ran of [{}, { exit: 1 }, { error: 'x' }])
      assert.ok(said(ran).startsWith(stepBegins(3)), said(ran));
  });

  test('says what happened to it, the error last', () => {
    const all = { exit: 1, timedOut: true, truncated: true, signal: 'SIGKILL', error: 'No such file' };
    assert.equal(
      said(all, ['A', 'B']),
      'STEP 3 exec exit=1 dur_ms=12 timed_out=1 truncated=1 signal=SIGKILL env_dropped=A,B error=No such file\n',
    );
    assert.equal(said({ timedOut: true }), 'STEP 3 exec exit=0 dur_ms=12 timed_out=1\n');
    assert.equal(said({ truncated: true }), 'STEP 3 exec exit=0 dur_ms=12 truncated=1\n');
    assert.equal(said({ signal: 'SIGTERM' }), 'STEP 3 exec exit=0 dur_ms=12 signal=SIGTERM\n');
    assert.equal(said({ error: '' }), 'STEP 3 exec exit=0 dur_ms=12 error=\n');
  });

  test('names what was dropped so that a name is no more than a name', () => {
    assert.equal(said({}, ['A']), 'STEP 3 exec exit=0 dur_ms=12 env_dropped=A\n');
    assert.equal(
      said({}, ['A B', 'x error=1', 'a,b', 'É\n', '']),
      'STEP 3 exec exit=0 dur_ms=12 env_dropped=A?B,x?error?1,a?b,??,\n',
    );
  });

  test('shows a stream that said something', () => {
    assert.equal(
      said({ stdout: Buffer.from('out') }),
      'STEP 3 exec exit=0 dur_ms=12\n--- STDOUT (3 bytes) ---\nout\n',
    );
    assert.equal(
      said({ stderr: Buffer.from('err\n') }),
      'STEP 3 exec exit=0 dur_ms=12\n--- STDERR (4 bytes) ---\nerr\n',
    );
    assert.equal(
      said({ stdout: Buffer.from('é'), stderr: Buffer.from('\n') }),
      'STEP 3 exec exit=0 dur_ms=12\n--- STDOUT (2 bytes) ---\né\n--- STDERR (1 bytes) ---\n\n',
    );
  });

  test('passes output on byte for byte', () => {
    const stdout = Buffer.from([0, 0xff, 0x0d, 0x0a, 0x1b]);
    assert.deepEqual(
      stepRan(3, { ...quiet, stdout }, []).subarray('STEP 3 exec exit=0 dur_ms=12\n'.length),
      Buffer.concat([Buffer.from('--- STDOUT (5 bytes) ---\n'), stdout, Buffer.from('\n')]),
    );
  });
});

test('a line stays one, whatever is in it', () => {
  const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('');
  const plain = '?'.repeat(0x20) + controls.slice(0x20, 0x7f) + '?'.repeat(0x21);
  for (const line of [
    lines.refused(controls),
    lines.stepRefused(0, controls),
    lines.wrote(0, 1, controls),
    lines.notWritten(0, controls),
    stepRan(0, { ...quiet, error: controls }, [controls]),
  ]) {
    const text = line.toString();
    assert.equal(text.indexOf('\n'), text.length - 1, text);
    assert.equal(/\p{Cc}/u.test(text.slice(0, -1)), false, JSON.stringify(text));
  }
  assert.equal(lines.refused(controls).toString(), `ERR ${plain}\n`);
});

test('a path that is not UTF-8 keeps its bytes', () => {
  assert.deepEqual(
    lines.wrote(0, 1, '/a\udcff').subarray(-4),
    Buffer.concat([Buffer.from('/a'), Buffer.of(0xff, 0x0a)]),
  );
});

test('a reply can be read, however much a pack put into its lines', () => {
  const names = Array.from({ length: 5000 }, (_, at) => `VARIABLE_THAT_IS_NOT_ALLOWED_${at}`);
  const longest = 'x'.repeat(0xffff);
  for (const step of [
    stepRan(0, quiet, names),
    stepRan(0, quiet, [longest, longest]),
    stepRan(0, { ...quiet, timedOut: true, truncated: true, error: 'x'.repeat(4096) }, names),
    // No path that can be written is longer.
    lines.wrote(0, 1, 'é'.repeat(2048)),
  ])
    assert.equal(kinds(Buffer.concat([lines.accepted(id, 1), step])), 'accepted step');
  assert.equal(kinds(lines.refused(`policy missing for key_id: ${'x'.repeat(255)}`)), 'refused');
});

function kinds(reply: Buffer): string {
  const reader = new ReplyReader();
  const events: ReplyEvent[] = reader.push(reply);
  reader.end();
  return events.map(({ kind }) => kind).join(' ');
}
