import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  decodeBase64,
  generateKey,
  parsePrivateKey,
  parsePublicKey,
  privateKeyPem,
  publicKeyText,
} from './keys.ts';
import { signPayload } from './sign.ts';
import { verifyEnvelope } from './verify.ts';

const notPrivate = { code: 'bad_key', message: 'not a private key in PEM' };
const notP256 = { code: 'bad_key', message: 'not a P-256 key' };
const notBase64 = { code: 'bad_key', message: 'public key is not base64' };
const notAPoint = { code: 'bad_key', message: 'public key is not a 65-byte uncompressed point' };
const notOnCurve = { code: 'bad_key', message: 'public key is not on the curve' };

function point(key = generateKey()): Buffer {
  return Buffer.from(publicKeyText(key), 'base64');
}

test('a key survives its file, and signs for its public half', () => {
  const key = generateKey();
  const pem = privateKeyPem(key);
  assert.match(pem, /^-----BEGIN PRIVATE KEY-----\n/);
  const again = parsePrivateKey(pem);
  assert.equal(publicKeyText(again), publicKeyText(key));
  const half = parsePublicKey(publicKeyText(key));
  verifyEnvelope(signPayload(Buffer.from('payload'), again), half);
  assert.equal(publicKeyText(half), publicKeyText(key));
});

test('a public key travels as base64 of 65 bytes', () => {
  const text = publicKeyText(generateKey());
  assert.equal(text.length, 88);
  assert.equal(Buffer.from(text, 'base64')[0], 4);
  assert.equal(publicKeyText(parsePublicKey(text.replace('=', ''))), text);
});

test('no two keys are the same', () => {
  assert.notEqual(publicKeyText(generateKey()), publicKeyText(generateKey()));
});

test('what is no private key is refused', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pem = privateKeyPem(generateKey());
  const encrypted = generateKey().export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'word',
  });
  for (const text of [
    '',
    'garbage',
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    pem.replace(/\n[^\n]{8}/, '\nAAAAAAAA'),
    pem.slice(0, 100),
    encrypted.toString(),
  ])
    assert.throws(() => parsePrivateKey(text), notPrivate, text);
});

test('a private key of another kind is refused', () => {
  for (const { privateKey } of [
    generateKeyPairSync('ec', { namedCurve: 'secp384r1' }),
    generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
    generateKeyPairSync('ed25519'),
    generateKeyPairSync('rsa', { modulusLength: 1024 }),
  ]) {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    assert.throws(() => parsePrivateKey(pem), notP256);
  }
});

test('a public key that is not base64 is refused', () => {
  const text = publicKeyText(generateKey());
  for (const bad of ['!', `${text} comment!`, `-${text}`, `"${text}"`, text.replace(/.{4}/, 'é')])
    assert.throws(() => parsePublicKey(bad), notBase64, bad);
});

test('a public key that is not an uncompressed point is refused', () => {
  const bytes = point();
  const compressed = Buffer.concat([Buffer.of(2 + ((bytes[64] ?? 0) & 1)), bytes.subarray(1, 33)]);
  const hybrid = Buffer.concat([Buffer.of(6 + ((bytes[64] ?? 0) & 1)), bytes.subarray(1)]);
  const spki = parsePublicKey(bytes.toString('base64')).export({ type: 'spki', format: 'der' });
  for (const bad of [
    Buffer.alloc(0),
    Buffer.of(0),
    compressed,
    hybrid,
    bytes.subarray(1),
    bytes.subarray(0, 64),
    Buffer.concat([bytes, Buffer.of(0)]),
    spki,
  ])
    assert.throws(() => parsePublicKey(bad.toString('base64')), notAPoint, bad.toString('hex'));
});

test('a point that is not on the curve is refused', () => {
  const flipped = point();
  flipped.writeUInt8(flipped.readUInt8(64) ^ 1, 64);
  const ofAnotherCurve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({
    type: 'spki',
    format: 'der',
  });
  for (const bad of [
    flipped,
    ofAnotherCurve.subarray(-65),
    Buffer.concat([Buffer.of(4), Buffer.alloc(64)]),
    Buffer.concat([Buffer.of(4), Buffer.alloc(64, 0xff)]),
  ])
    assert.throws(() => parsePublicKey(bad.toString('base64')), notOnCurve, bad.toString('hex'));
});

test('a coordinate past the end of the field is no second name for a key', () => {
  const prime = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
  const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
  // y for x = 5: the prime is 3 modulo 4, so that a root is a power.
  const x = 5n;
  const y = power(x ** 3n - 3n * x + b, (prime + 1n) / 4n, prime);
  const text = (coordinate: bigint) => Buffer.from(`04${hex(coordinate)}${hex(y)}`, 'hex').toString('base64');
  assert.equal(publicKeyText(parsePublicKey(text(x))), text(x));
  assert.throws(() => parsePublicKey(text(x + prime)), notOnCurve);
});

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) result = (result * result * (bit === '1' ? base : 1n)) % modulus;
  return result;
}

function hex(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}

test('any bytes come back, with and without padding and line ends', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      assert.deepEqual(decodeBase64(text), Buffer.from(bytes));
      assert.deepEqual(decodeBase64(text.replaceAll('=', '')), Buffer.from(bytes));
      assert.deepEqual(decodeBase64(` ${text.replace(/(.{4})/g, '$1\r\n\t')}`), Buffer.from(bytes));
    }),
  );
});

test('what is no base64 is none', () => {
  for (const text of ['!', 'a_b-', 'YQ===', '=YQ=', 'Y=Q', 'é', '\u00a0YQ==', '==', '\0'])
    assert.equal(decodeBase64(text), undefined, text);
});
