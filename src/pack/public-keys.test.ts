import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey, publicKeyText } from './keys.ts';
import { parsePublicKeys } from './public-keys.ts';

const path = '/etc/assent/pubkeys';
const [one, two] = [publicKeyText(generateKey()), publicKeyText(generateKey())];

/** The keys as texts again, to be compared. */
function read(text: string): { keys: Record<string, string>; skipped: readonly string[] } {
  const { keys, skipped } = parsePublicKeys(text, path);
  return { keys: Object.fromEntries([...keys].map(([id, key]) => [id, publicKeyText(key)])), skipped };
}

test('a line per key', () => {
  assert.deepEqual(read(`# trusted\n\n a \t ${one} \r\nb ${two}`), { keys: { a: one, b: two }, skipped: [] });
});

test('of two lines for one key the last counts', () => {
  assert.deepEqual(read(`a ${one}\na ${two}`), { keys: { a: two }, skipped: [] });
});

test('lines that are no key are skipped, and named', () => {
  const offCurve = Buffer.from(one, 'base64');
  offCurve.writeUInt8(offCurve.readUInt8(64) ^ 1, 64);
  const text = ['a', `b ${one}!`, '', `c ${one.slice(4)}`, `d ${offCurve.toString('base64')}`, `e ${two}`];
  assert.deepEqual(read(text.join('\n')), {
    keys: { e: two },
    skipped: [
      `${path} line 1: public key is not a 65-byte uncompressed point`,
      `${path} line 2: public key is not base64`,
      `${path} line 4: public key is not a 65-byte uncompressed point`,
      `${path} line 5: public key is not on the curve`,
    ],
  });
});

test('a line that cannot be read takes the older key with it', () => {
  assert.deepEqual(read(`a ${one}\na garbage!\nb ${two}`), {
    keys: { b: two },
    skipped: [`${path} line 2: public key is not base64`],
  });
  assert.deepEqual(read(`a ${one}\na`).keys, {});
  assert.deepEqual(read(`a ${one}\na\na ${two}`).keys, { a: two });
});

test('so does one with a character in it that ends lines elsewhere', () => {
  for (const odd of ['\r', '\u2028', '\u2029', '\u00a0', '\v', '\f'])
    assert.deepEqual(read(`a ${one}\na${odd}!${odd}${two}`).keys, {}, JSON.stringify(odd));
});

test('nothing in the file is more than a key', () => {
  assert.deepEqual(read(''), { keys: {}, skipped: [] });
  assert.equal(parsePublicKeys(`a ${one}`, path).keys.get('constructor'), undefined);
});
