import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type StepLine, stepLine } from './step-line.ts';

function ran(step: Partial<Extract<StepLine, { outcome: 'ran' }>>): StepLine {
  // A field that is not given has no prototype either: names are what a receiver sends.
  const fields: Record<string, string> = Object.assign(Object.create(null), step.fields);
  return { index: 0, ok: true, outcome: 'ran', exit: 0, durMs: 1, ...step, fields };
}

const lines: readonly [line: string, step: StepLine][] = [
  ['STEP 0 exec exit=0 dur_ms=1', ran({})],
  ['STEP 9999 exec exit=127 dur_ms=60001', ran({ index: 9999, ok: false, exit: 127, durMs: 60_001 })],
  ['STEP 0 exec exit=0 dur_ms=1 timed_out=1', ran({ ok: false, fields: { timed_out: '1' } })],
  ['STEP 0 exec exit=0 dur_ms=1 truncated=1', ran({ fields: { truncated: '1' } })],
  ['STEP 0 exec exit=1 dur_ms=1 signal=SIGKILL', ran({ ok: false, exit: 1, fields: { signal: 'SIGKILL' } })],
  ['STEP 0 exec exit=0 dur_ms=1 env_dropped=A,B', ran({ fields: { env_dropped: 'A,B' } })],
  ['STEP 0 exec exit=0 dur_ms=1 new=1 other=a=b word =x', ran({ fields: { new: '1', other: 'a=b' } })],
  [
    'STEP 0 exec exit=0 dur_ms=1 error=No such file error=x timed_out=0',
    ran({ ok: false, fields: { error: 'No such file error=x timed_out=0' } }),
  ],
  ['STEP 0 exec exit=0 dur_ms=1 error=', ran({ ok: false, fields: { error: '' } })],
  [
    'STEP 1 write OK bytes=3 path=/a b path=\u2028',
    { index: 1, ok: true, outcome: 'wrote', bytes: 3, path: '/a b path=\u2028' },
  ],
  ['STEP 1 write OK bytes=0 path=', { index: 1, ok: true, outcome: 'wrote', bytes: 0, path: '' }],
  [
    'STEP 2 write ERR path outside root',
    { index: 2, ok: false, outcome: 'refused', op: 'write', reason: 'path outside root' },
  ],
  [
    'STEP 3 ERR cmd_not_allowed',
    { index: 3, ok: false, outcome: 'refused', op: 'exec', reason: 'cmd_not_allowed' },
  ],
];

for (const [line, step] of lines) test(line, () => assert.deepEqual(stepLine(line), step));

test('a field may have any name', () => {
  const step = stepLine('STEP 0 exec exit=0 dur_ms=1 __proto__=x constructor=y');
  assert.ok(step?.outcome === 'ran');
  assert.deepEqual(Object.entries(step.fields), [
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
  assert.equal('toString' in step.fields, false);
});

describe('what is no STEP line is none', () => {
  for (const line of [
    '',
    'STEP',
    'STEP 0',
    'STEP 0 ',
    'STEP 0 exec',
    'STEP 0 exec exit=0',
    'STEP 0 exec exit=-1 dur_ms=1',
    'STEP 0 exec exit=0 dur_ms=1.5',
    'STEP 0 exec exit=0 dur_ms=1truncated=1',
    'STEP 0 exec  exit=0 dur_ms=1',
    'STEP 0 exec exit=00000000000 dur_ms=1',
    'STEP 100000 ERR x',
    'STEP -1 ERR x',
    'STEP x ERR x',
    'STEP 0 ERR ',
    'STEP 0 ERR',
    'STEP 0 write ERR ',
    'STEP 0 write OK path=/a bytes=1',
    'STEP 0 write OK bytes=x path=/a',
    ' STEP 0 ERR x',
    'step 0 ERR x',
    'OK pack_id=00 steps=1',
  ])
    test(JSON.stringify(line), () => assert.equal(stepLine(line), undefined));
});
