import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ByteWriter } from '../lib/bytes.ts';
import { maxSteps, maxWriteBytes, type Pack, type Step } from './pack.ts';
import { decodePayload, encodePayload } from './payload.ts';

const base: Pack = {
  keyId: 'k',
  packId: '000102030405060708090a0b0c0d0e0f',
  createdMs: 1n,
  expiresMs: 2n,
  env: new Map(),
  steps: [],
};
const pwd: Step = { op: 'exec', timeoutMs: 5, cwd: '/w', argv: ['pwd'] };
const note: Step = { op: 'write', mode: 0o644, path: '/n', data: Buffer.from('hi') };

/** The bytes of a payload up to its environment, with any of its fields replaced. */
function header(fields: {
  magic?: string;
  version?: number;
  keyLength?: number;
  env?: number;
  steps?: number;
}) {
  const { magic = 'APK1', version = 2, keyLength = 1, env = 0, steps = 0 } = fields;
  return new ByteWriter()
    .bytes(Buffer.from(magic))
    .u8(version)
    .u8(keyLength)
    .u16(0)
    .u64(1n)
    .u64(2n)
    .bytes(Buffer.from(base.packId, 'hex'))
    .u32(env)
    .u32(steps);
}

function times(count: number, step: Step): Step[] {
  return Array.from({ length: count }, () => step);
}

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

describe('encodePayload', () => {
  test('writes version 2, byte for byte', () => {
    const pack: Pack = {
      ...base,
      createdMs: 0x0102030405060708n,
      expiresMs: 0xffff_ffff_ffff_ffffn,
      env: new Map([['A', 'é']]),
      steps: [pwd, note],
    };
    const expected = [
      ['APK1', '\x02', '\x01', '\0\0'],
      ['\x08\x07\x06\x05\x04\x03\x02\x01', '\xff\xff\xff\xff\xff\xff\xff\xff'],
      ['\0\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f'],
      ['\x01\0\0\0', '\x02\0\0\0', 'k'],
      ['\x01\0A', '\x02\0\xc3\xa9'],
      ['\x01\0\0\0', '\x05\0\0\0', '\x02\0/w', '\x01\0', '\x03\0pwd'],
      ['\x02\0\0\0', '\xa4\x01\0\0', '\x02\0/n', '\x02\0\0\0hi'],
    ];
    assert.deepEqual(encodePayload(pack), latin(expected.flat().join('')));
  });

  const wide = 'x'.repeat(0x10000);
  const large: Step = { op: 'write', mode: 0, path: '/x', data: Buffer.alloc(maxWriteBytes / 2 + 1) };
  const misfits: readonly [message: string, change: Partial<Pack>][] = [
    ['missing key_id', { keyId: '' }],
    ['key_id too long', { keyId: 'é'.repeat(128) }],
    ['too many steps', { steps: times(maxSteps + 1, pwd) }],
    ['total embedded write bytes too large', { steps: [large, large] }],
    ['string too long', { env: new Map([[wide, '']]) }],
    ['string too long', { env: new Map([['A', wide]]) }],
    ['string too long', { steps: [{ ...pwd, cwd: wide }] }],
    ['string too long', { steps: [{ ...pwd, argv: [wide] }] }],
    ['too many argv entries', { steps: [{ ...pwd, argv: Array<string>(0x10000).fill('') }] }],
  ];
  for (const [message, change] of misfits) {
    test(`refuses ${Object.keys(change)[0]}: ${message}`, () => {
      assert.throws(() => encodePayload({ ...base, ...change }), { code: 'bad_payload', message });
    });
  }

  test('refuses an id that is not sixteen bytes', () => {
    for (const packId of ['', 'ab', 'z'.repeat(32), `${base.packId}00`])
      assert.throws(
        () => encodePayload({ ...base, packId }),
        { code: 'bad_payload', message: 'pack_id is not 16 bytes' },
        packId,
      );
  });

  test('takes what just fits', () => {
    const pack: Pack = {
      ...base,
      keyId: 'k'.repeat(255),
      env: new Map([['A', wide.slice(1)]]),
      steps: [
        { ...pwd, timeoutMs: 0xffff_ffff, argv: Array<string>(0xffff).fill('') },
        { ...note, data: Buffer.alloc(maxWriteBytes) },
        ...times(maxSteps - 2, pwd),
      ],
    };
    assert.deepEqual(decodePayload(encodePayload(pack)), pack);
  });
});

describe('decodePayload', () => {
  function refuses(bytes: Uint8Array, message: string): void {
    assert.throws(() => decodePayload(bytes), { code: 'bad_payload', message });
  }

  const execHead = latin('\x01\0\0\0\0\0\0\0\0\0');
  const writeHead = latin('\x02\0\0\0\0\0\0\0\0\0');
  const lastFault = { env: 0, steps: 2 };
  /** Each has all the faults of those after it that it has room for. */
  const inOrder: readonly [message: string, bytes: Uint8Array][] = [
    ['payload too small', latin('XXXX\x09').subarray(0, 47)],
    ['payload too small', Buffer.alloc(47)],
    ['bad payload magic', header({ magic: 'XXXX', version: 9, keyLength: 9 }).toBuffer()],
    ['unsupported payload version', header({ version: 0, keyLength: 9 }).toBuffer()],
    ['unsupported payload version', header({ version: 3, keyLength: 9 }).toBuffer()],
    [
      'payload key_id truncated',
      header({ keyLength: 2, env: 1, steps: 10_001 }).bytes(latin('k')).toBuffer(),
    ],
    ['env truncated', header({ env: 1, steps: 10_001 }).bytes(latin('k\x01\0A\x02\0b')).toBuffer()],
    ['too many steps', header({ steps: 10_001 }).bytes(latin('k')).toBuffer()],
    ['step truncated', header({ steps: 1 }).bytes(latin('k\x09')).toBuffer()],
    ['step truncated', header({ steps: 1 }).bytes(latin('k\x09\0\0\0\0\0\0\0\x01\0')).toBuffer()],
    ['unsupported opcode', header({ steps: 1 }).bytes(latin('k\x09\0\0\0\0\0\0\0\0\0')).toBuffer()],
    ['unsupported opcode', header({ steps: 1 }).bytes(latin('k\0\0\0\0\0\0\0\0\0\0')).toBuffer()],
    ['unsupported opcode', header({ version: 1, steps: 1 }).bytes(latin('k')).bytes(writeHead).toBuffer()],
    ['argv truncated', header(lastFault).bytes(latin('k')).bytes(execHead).toBuffer()],
    ['argv truncated', header(lastFault).bytes(latin('k')).bytes(execHead).u16(1).toBuffer()],
    [
      'argv truncated',
      header(lastFault).bytes(latin('k')).bytes(execHead).u16(2).bytes(latin('\x01\0a\x01\0')).toBuffer(),
    ],
    ['write truncated', header(lastFault).bytes(latin('k')).bytes(writeHead).u16(1).toBuffer()],
    ['write truncated', header(lastFault).bytes(latin('k')).bytes(writeHead).u32(1).toBuffer()],
    [
      'total embedded write bytes too large',
      header(lastFault)
        .bytes(latin('k'))
        .bytes(writeHead)
        .u32(maxWriteBytes + 1)
        .toBuffer(),
    ],
    ['payload has trailing bytes', header({}).bytes(latin('k\0')).toBuffer()],
  ];
  for (const [at, [message, bytes]] of inOrder.entries())
    test(`refuses, ${at + 1}: ${message}`, () => refuses(bytes, message));

  test('counts all that is to be written, not each', () => {
    const half = new ByteWriter()
      .bytes(writeHead)
      .u32(maxWriteBytes / 2)
      .bytes(Buffer.alloc(maxWriteBytes / 2));
    const both = header({ steps: 3 }).bytes(latin('k')).bytes(half.toBuffer()).bytes(half.toBuffer());
    refuses(
      both.bytes(writeHead).u32(1).bytes(Buffer.alloc(1)).toBuffer(),
      'total embedded write bytes too large',
    );
  });

  test('a payload cut anywhere is refused', () => {
    const whole = encodePayload({ ...base, env: new Map([['A', 'b']]), steps: [pwd, note] });
    for (let length = 0; length < whole.length; length++)
      assert.throws(() => decodePayload(whole.subarray(0, length)), { code: 'bad_payload' }, String(length));
  });

  test('counts of what is not there cost nothing', () => {
    for (const count of [1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff])
      refuses(header({ env: count }).bytes(latin('k')).toBuffer(), 'env truncated');
    for (const count of [10_001, 0x8000_0000, 0xffff_ffff])
      refuses(header({ steps: count }).bytes(latin('k')).toBuffer(), 'too many steps');
    refuses(header({ steps: 10_000 }).bytes(latin('k')).toBuffer(), 'step truncated');
    refuses(header({ steps: 1 }).bytes(latin('k')).bytes(execHead).u16(0xffff).toBuffer(), 'argv truncated');
    refuses(
      header({ steps: 1 }).bytes(latin('k')).bytes(writeHead).u32(0xffff_ffff).toBuffer(),
      'total embedded write bytes too large',
    );
  });

  test('reads version 1, which has no writes', () => {
    const bytes = encodePayload({ ...base, steps: [pwd] });
    bytes[4] = 1;
    assert.deepEqual(decodePayload(bytes), { ...base, steps: [pwd] });
  });

  test('keeps the bytes of texts that are not UTF-8', () => {
    const bytes = header({ steps: 1 })
      .bytes(latin('\xff'))
      .bytes(execHead)
      .bytes(latin('\x01\0\x03\0a\x80b'))
      .toBuffer();
    const pack = decodePayload(bytes);
    assert.equal(pack.keyId, '\udcff');
    assert.deepEqual(pack.steps, [{ op: 'exec', timeoutMs: 0, cwd: '', argv: ['a\udc80b'] }]);
    assert.deepEqual(encodePayload(pack), bytes);
  });

  test('of a variable that is given twice, the last counts', () => {
    const bytes = header({ env: 2 }).bytes(latin('k\x01\0A\x01\0a\x01\0A\x01\0b')).toBuffer();
    assert.deepEqual(decodePayload(bytes).env, new Map([['A', 'b']]));
  });
});
