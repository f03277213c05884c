// Every Wycheproof vector for ECDSA over P-256 and SHA-256, through our own verification. The vectors are not part of the
// project; where they are not beside it, there is nothing to check.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { PackError } from '../../src/pack/errors.ts';
import { parsePublicKey } from '../../src/pack/keys.ts';
import { verifyEnvelope } from '../../src/pack/verify.ts';

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly msg: string;
  readonly sig: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

interface VectorFile {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly publicKey: { readonly uncompressed: string };
    readonly tests: readonly Vector[];
  }[];
}

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'vectors', 'wycheproof');
const skip = existsSync(folder) ? false : 'the Wycheproof vectors are not beside the project';

test('DER signatures', { skip }, (t) => {
  checkAll(t, 'ecdsa_secp256r1_sha256_test.json', 484, (signature) => signature);
});

test('fixed-length signatures, as DER', { skip }, (t) => {
  checkAll(t, 'ecdsa_secp256r1_sha256_p1363_test.json', 262, (signature) =>
    signature.length === 64 ? derOf(signature) : signature,
  );
});

function checkAll(
  t: TestContext,
  name: string,
  count: number,
  signatureOf: (bytes: Uint8Array) => Uint8Array,
): void {
  // The files keep to Wycheproof's published schema.
  const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as VectorFile;
  const counts = { valid: 0, invalid: 0, acceptable: 0 };
  const accepted: number[] = [];
  for (const { publicKey, tests } of file.testGroups) {
    const key = parsePublicKey(Buffer.from(publicKey.uncompressed, 'hex').toString('base64'));
    for (const vector of tests) {
      const signature = signatureOf(Buffer.from(vector.sig, 'hex'));
      const passes = verifies(() =>
        verifyEnvelope({ payload: Buffer.from(vector.msg, 'hex'), signature }, key),
      );
      counts[vector.result]++;
      if (vector.result === 'acceptable') {
        if (passes) accepted.push(vector.tcId);
      } else assert.equal(passes, vector.result === 'valid', `${vector.tcId}: ${vector.comment}`);
    }
  }
  assert.equal(counts.valid + counts.invalid + counts.acceptable, file.numberOfTests);
  assert.equal(file.numberOfTests, count);
  t.diagnostic(`${name}: ${counts.valid} valid pass, ${counts.invalid} invalid are refused`);
  t.diagnostic(`${name}: ${counts.acceptable} acceptable, of which we accept [${accepted.join(' ')}]`);
}

/** Passing and being refused in one's own words are all that there is. */
function verifies(verify: () => void): boolean {
  try {
    verify();
    return true;
  } catch (error) {
    assert.ok(error instanceof PackError, String(error));
    assert.equal(error.code, 'bad_signature');
    assert.equal(error.message, 'signature invalid');
    return false;
  }
}

/** r and s, 32 bytes each, as the one DER encoding of them. */
function derOf(signature: Uint8Array): Buffer {
  const body = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Buffer.of(0) : Buffer.from(bytes.subarray(first));
  const sign = (digits[0] ?? 0) >= 0x80 ? Buffer.of(0) : Buffer.alloc(0);
  return Buffer.concat([Buffer.of(0x02, sign.length + digits.length), sign, digits]);
}
