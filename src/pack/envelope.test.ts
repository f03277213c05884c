import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeEnvelope, encodeEnvelope } from './envelope.ts';

const payload = Buffer.from('payload');
const signature = Buffer.from('signature');
const whole = Buffer.from(`SAP1\x07\0\0\0payload\x09\0\0\0signature`, 'latin1');

function refuses(bytes: Uint8Array, message: string): void {
  assert.throws(() => decodeEnvelope(bytes), { code: 'bad_envelope', message });
}

/** Any of the two lengths replaced. */
function withLength(at: number, length: number): Buffer {
  const bytes = Buffer.from(whole);
  bytes.writeUInt32LE(length, at);
  return bytes;
}

test('an envelope is magic, payload and signature, with their lengths', () => {
  assert.deepEqual(encodeEnvelope({ payload, signature }), whole);
  const decoded = decodeEnvelope(whole);
  assert.deepEqual(Buffer.from(decoded.payload), payload);
  assert.deepEqual(Buffer.from(decoded.signature), signature);
});

test('the parts are views on what was read', () => {
  const bytes = Buffer.concat([Buffer.from('before'), whole]).subarray(6);
  const decoded = decodeEnvelope(bytes);
  assert.equal(decoded.payload.buffer, bytes.buffer);
  assert.deepEqual(Buffer.from(decoded.payload), payload);
});

test('an empty part is not encoded', () => {
  const empty = new Uint8Array();
  assert.throws(() => encodeEnvelope({ payload: empty, signature: empty }), {
    code: 'bad_envelope',
    message: 'empty payload',
  });
  assert.throws(() => encodeEnvelope({ payload, signature: empty }), {
    code: 'bad_envelope',
    message: 'empty signature',
  });
});

test('an envelope is refused by the first thing that is wrong with it', () => {
  refuses(new Uint8Array(), 'envelope too small');
  refuses(Buffer.from('XXXX\xff\xff\xff\xff\0\0\0', 'latin1'), 'envelope too small');
  refuses(Buffer.from('XXXX\xff\xff\xff\xff\0\0\0\0', 'latin1'), 'bad envelope magic');
  refuses(Buffer.from('sap1\0\0\0\0\0\0\0\0', 'latin1'), 'bad envelope magic');
  refuses(Buffer.from('SAP1\xff\xff\xff\xff\0\0\0\0', 'latin1'), 'envelope truncated');
});

test('an envelope cut anywhere is refused', () => {
  for (let length = 0; length < whole.length; length++)
    refuses(whole.subarray(0, length), length < 12 ? 'envelope too small' : 'envelope truncated');
});

test('nothing may follow', () => refuses(Buffer.concat([whole, Buffer.of(0)]), 'envelope truncated'));

test('a length that is not there is refused, and costs nothing', () => {
  for (const length of [6, 8, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]) {
    refuses(withLength(4, length), 'envelope truncated');
    refuses(withLength(15, length), 'envelope truncated');
  }
});

test('empty parts are left to who reads them', () => {
  const decoded = decodeEnvelope(Buffer.from('SAP1\0\0\0\0\0\0\0\0', 'latin1'));
  assert.equal(decoded.payload.length, 0);
  assert.equal(decoded.signature.length, 0);
});
