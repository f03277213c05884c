import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeEnvelope } from './envelope.ts';
import { generateKey } from './keys.ts';
import type { Program } from './pack.ts';
import { decodePayload } from './payload.ts';
import { makePack, signPack } from './sign.ts';
import { verifyEnvelope } from './verify.ts';

const program: Program = {
  env: new Map([['A', '1']]),
  steps: [{ op: 'exec', timeoutMs: 0, cwd: '', argv: ['pwd'] }],
};

test('a pack is its program, with a key, an id and times', () => {
  const pack = makePack(program, { keyId: 'ops', now: 1_700_000_000_000, ttlMs: 300_000 });
  assert.match(pack.packId, /^[0-9a-f]{32}$/);
  assert.deepEqual(pack, {
    ...program,
    keyId: 'ops',
    packId: pack.packId,
    createdMs: 1_700_000_000_000n,
    expiresMs: 1_700_000_300_000n,
  });
});

test('a time to live of 0 is for ever', () => {
  assert.equal(makePack(program, { keyId: 'ops', now: 5, ttlMs: 0 }).expiresMs, 0n);
});

test('an expiry may lie beyond what a number holds exactly', () => {
  const pack = makePack(program, { keyId: 'ops', now: 1, ttlMs: Number.MAX_SAFE_INTEGER });
  assert.equal(pack.expiresMs, BigInt(Number.MAX_SAFE_INTEGER) + 1n);
});

test('each pack has an id of its own', () => {
  const options = { keyId: 'ops', now: 1, ttlMs: 1 };
  const ids = Array.from({ length: 10_000 }, () => makePack(program, options).packId);
  assert.equal(new Set(ids).size, ids.length);
});

test('what is signed is what was packed', () => {
  const key = generateKey();
  const pack = makePack(program, { keyId: 'ops', now: 1, ttlMs: 1 });
  const envelope = decodeEnvelope(signPack(pack, key));
  verifyEnvelope(envelope, key);
  assert.deepEqual(decodePayload(envelope.payload), pack);
});

test('what does not fit the format is not signed', () => {
  const pack = makePack(program, { keyId: '', now: 1, ttlMs: 1 });
  assert.throws(() => signPack(pack, generateKey()), { code: 'bad_payload', message: 'missing key_id' });
});
