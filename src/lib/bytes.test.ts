import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ByteReader, ByteWriter, type Refuse } from './bytes.ts';

const refuse: Refuse = (message) => {
  throw new TypeError(message);
};

function reader(...bytes: readonly number[]): ByteReader {
  return new ByteReader(Uint8Array.from(bytes), refuse);
}

test('integers are little-endian', () => {
  const read = reader(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  assert.equal(read.u8(''), 0x01);
  assert.equal(read.u16(''), 0x0302);
  assert.equal(read.u32(''), 0x07060504);
  assert.equal(read.u64(''), 0x0f0e0d0c0b0a0908n);
  assert.equal(read.left, 0);
});

test('integers have no sign', () => {
  const read = reader(...Array<number>(15).fill(0xff));
  assert.equal(read.u8(''), 0xff);
  assert.equal(read.u16(''), 0xffff);
  assert.equal(read.u32(''), 0xffff_ffff);
  assert.equal(read.u64(''), 0xffff_ffff_ffff_ffffn);
});

test('what is not there is refused in the words of who asks, and nothing is taken', () => {
  const read = reader(7);
  for (const attempt of [
    () => read.u16('no u16'),
    () => read.u32('no u32'),
    () => read.u64('no u64'),
    () => read.bytes(2, 'no bytes'),
    () => read.bytes(0xffff_ffff, 'no 4 GiB'),
  ])
    assert.throws(attempt, TypeError);
  assert.throws(() => read.bytes(2, 'no bytes'), { message: 'no bytes' });
  assert.equal(read.left, 1);
  assert.equal(read.u8(''), 7);
  assert.throws(() => read.u8('no u8'), { message: 'no u8' });
});

test('a run of bytes is a view, and may be empty', () => {
  const bytes = Uint8Array.of(0, 1, 2, 3);
  const read = new ByteReader(bytes.subarray(1), refuse);
  const run = read.bytes(2, '');
  bytes[1] = 9;
  assert.deepEqual([...run], [9, 2]);
  assert.equal(read.bytes(0, '').length, 0);
  assert.equal(read.left, 1);
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(
      fc.nat(0xff),
      fc.nat(0xffff),
      fc.nat(0xffff_ffff),
      fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }),
      fc.uint8Array(),
      (u8, u16, u32, u64, bytes) => {
        const written = new ByteWriter().u8(u8).u16(u16).u32(u32).u64(u64).bytes(bytes).toBuffer();
        const read = new ByteReader(written, refuse);
        assert.deepEqual([read.u8(''), read.u16(''), read.u32(''), read.u64('')], [u8, u16, u32, u64]);
        assert.deepEqual(read.bytes(bytes.length, ''), Buffer.from(bytes));
        assert.equal(read.left, 0);
      },
    ),
  );
});
