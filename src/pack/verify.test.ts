import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey } from './keys.ts';
import { signPayload } from './sign.ts';
import { verifyEnvelope } from './verify.ts';

const refusal = { code: 'bad_signature', message: 'signature invalid' };
const key = generateKey();
const signed = signPayload(Buffer.from('payload'), key);

test('a signature passes with its key, and with no other', () => {
  verifyEnvelope(signed, key);
  assert.throws(() => verifyEnvelope(signed, generateKey()), refusal);
});

test('a payload that was changed anywhere is refused', () => {
  for (let at = 0; at < signed.payload.length; at++) {
    const payload = Buffer.from(signed.payload);
    payload.writeUInt8(payload.readUInt8(at) ^ 1, at);
    assert.throws(() => verifyEnvelope({ ...signed, payload }, key), refusal);
  }
  assert.throws(() => verifyEnvelope({ ...signed, payload: new Uint8Array() }, key), refusal);
});

test('a signature that was changed anywhere is refused', () => {
  for (let bit = 0; bit < signed.signature.length * 8; bit++) {
    const signature = Buffer.from(signed.signature);
    signature.writeUInt8(signature.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.throws(() => verifyEnvelope({ ...signed, signature }, key), refusal, `bit ${bit}`);
  }
});

test('a signature that is none is refused', () => {
  const der = Buffer.from(signed.signature);
  const longForm = Buffer.concat([Buffer.of(0x30, 0x81), der.subarray(1)]);
  for (const signature of [
    Buffer.alloc(0),
    Buffer.of(0),
    Buffer.alloc(64, 1),
    Buffer.alloc(10_000, 0x30),
    Buffer.from('3006020100020100', 'hex'),
    Buffer.from('3006020101020101', 'hex'),
    der.subarray(0, -1),
    Buffer.concat([der, Buffer.of(0)]),
    longForm,
  ])
    assert.throws(() => verifyEnvelope({ ...signed, signature }, key), refusal, signature.toString('hex'));
});

// Anybody can make the second from the first. This is why a receiver remembers packs by their ids, not their signatures.
test('the other signature, with the negative of s, passes too', () => {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const der = Buffer.from(signed.signature);
  const sAt = 4 + der.readUInt8(3);
  const s = BigInt(`0x${der.subarray(sAt + 2).toString('hex')}`);
  const digits = (order - s).toString(16).padStart(64, '0');
  const negative = Buffer.from(digits >= '8' ? `00${digits}` : digits, 'hex');
  const minimal = withoutLeadingZeros(negative);
  const body = Buffer.concat([der.subarray(2, sAt), Buffer.of(2, minimal.length), minimal]);
  const other = Buffer.concat([Buffer.of(0x30, body.length), body]);
  assert.notDeepEqual(other, der);
  verifyEnvelope({ ...signed, signature: other }, key);
});

/** DER has the shortest form that keeps the sign. */
function withoutLeadingZeros(bytes: Buffer): Buffer {
  let start = 0;
  while (bytes[start] === 0 && (bytes[start + 1] ?? 0x80) < 0x80) start++;
  return bytes.subarray(start);
}
