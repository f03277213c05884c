// What the original program made of 18,000 inputs, against what we make of them. Where ours differs, a rule says so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { bytesOfText, textOfBytes } from '../../src/lib/byte-text.ts';
import { decodeEnvelope } from '../../src/pack/envelope.ts';
import { PackError } from '../../src/pack/errors.ts';
import { decodeBase64 } from '../../src/pack/keys.ts';
import type { Pack, Program, Step } from '../../src/pack/pack.ts';
import { decodePayload } from '../../src/pack/payload.ts';
import { compileScript } from '../../src/pack/script.ts';
import { splitWords } from '../../src/pack/words.ts';

const vectors = join(import.meta.dirname, '..', 'vectors', 'action-packs');

interface Case<Out> {
  readonly in: string;
  readonly out: Out;
}

function corpus<Out>(name: string): Case<Out>[] {
  const text = gunzipSync(readFileSync(join(vectors, `${name}.jsonl.gz`))).toString('utf8');
  // The files are fixtures of our own, in this shape.
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Case<Out>);
}

interface RecordedStep {
  readonly cwd?: string;
  readonly timeout?: number;
  readonly argv?: readonly string[];
  readonly path?: string;
  readonly mode?: number;
  readonly data?: string;
}

interface RecordedProgram {
  readonly env: Record<string, string>;
  readonly steps: readonly RecordedStep[];
}

interface RecordedPack extends RecordedProgram {
  readonly key: string;
  readonly created: string;
  readonly expires: string;
  readonly id: string;
}

type ScriptOut = { readonly err: string } | RecordedProgram;
type DecodeOut = { readonly stage: string; readonly err: string } | RecordedPack | { readonly crash: string };

/** The rules by which a script may come out otherwise than the original has it. */
const scriptRules = {
  'an unterminated quote is an error': (words: Word[]) => words.some((line) => line.split === undefined),
  'an empty quoted token is an argument': (words: Word[]) => words.some((line) => line.split?.includes('')),
  'a timeout has no sign and fits 32 bits': (words: Word[]) =>
    words.some(({ split }) => split?.[0] === 'timeout' && split.length === 2 && !isUint32(split[1] ?? '')),
};

interface Word {
  readonly split: string[] | undefined;
}

test('6,000 scripts compile as the original compiles them, but for the hardened rules', (t) => {
  const differing = new Map<string, number>();
  const cases = corpus<ScriptOut>('diff-script');
  for (const one of cases) {
    const script = Buffer.from(one.in, 'hex');
    const ours = compiled(script);
    const theirs = 'err' in one.out ? textOfBytes(Buffer.from(one.out.err, 'hex')) : one.out;
    if (isDeepEqual(ours, theirs)) continue;
    const rule = ruleFor(textOfBytes(script));
    assert.ok(
      rule,
      `${JSON.stringify(script.toString())}: ${JSON.stringify(ours)} is not ${JSON.stringify(theirs)}`,
    );
    differing.set(rule, (differing.get(rule) ?? 0) + 1);
  }
  assert.equal(cases.length, 6000);
  t.diagnostic(
    `${cases.length} scripts; otherwise by rule: ${JSON.stringify(Object.fromEntries(differing))}`,
  );
});

function compiled(script: Buffer): string | RecordedProgram {
  try {
    return recorded(
      compileScript(script, { readSource: (path) => (path === '/dev/null' ? new Uint8Array() : undefined) }),
    );
  } catch (error) {
    assert.ok(error instanceof PackError && error.code === 'bad_script', String(error));
    return error.message.replace(/^line \d+: /, '');
  }
}

function ruleFor(script: string): string | undefined {
  const lines = script
    .split('\n')
    .map((line) => line.replace(/^[ \t\r]+|[ \t\r]+$/g, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ split: splitWords(line) }));
  return Object.entries(scriptRules).find(([, applies]) => applies(lines))?.[0];
}

function isUint32(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= 0xffff_ffff;
}

test('9,814 envelopes decode as the original decodes them', (t) => {
  const cases = corpus<DecodeOut>('diff-decode');
  let crashes = 0;
  for (const one of cases) {
    const ours = decoded(Buffer.from(one.in, 'hex'));
    if ('crash' in one.out) {
      crashes++;
      assert.deepEqual(ours, { stage: 'envelope', err: 'envelope truncated' });
    } else assert.deepEqual(ours, one.out, one.in);
  }
  assert.equal(cases.length, 9814);
  t.diagnostic(`${cases.length} envelopes; where the original crashed, refused cleanly: ${crashes}`);
});

function decoded(bytes: Buffer): DecodeOut {
  try {
    return recordedPack(decodePayload(decodeEnvelope(bytes).payload));
  } catch (error) {
    assert.ok(error instanceof PackError, String(error));
    return { stage: error.code.replace('bad_', ''), err: error.message };
  }
}

test('2,000 public keys are read from base64 as the original reads them', () => {
  const cases = corpus<{ ok: boolean; hex: string }>('diff-base64');
  for (const one of cases) {
    const bytes = decodeBase64(textOfBytes(Buffer.from(one.in, 'hex')));
    const ours = { ok: bytes !== undefined, hex: bytes?.toString('hex') ?? '' };
    assert.deepEqual(ours, one.out, Buffer.from(one.in, 'hex').toString());
  }
  assert.equal(cases.length, 2000);
});

function recordedPack(pack: Pack): RecordedPack {
  return {
    key: hex(pack.keyId),
    created: String(pack.createdMs),
    expires: String(pack.expiresMs),
    id: pack.packId,
    ...recorded(pack),
  };
}

function recorded({ env, steps }: Program): RecordedProgram {
  return {
    env: Object.fromEntries([...env].map(([key, value]) => [hex(key), hex(value)])),
    steps: steps.map(recordedStep),
  };
}

function recordedStep(step: Step): RecordedStep {
  if (step.op === 'exec') return { cwd: hex(step.cwd), timeout: step.timeoutMs, argv: step.argv.map(hex) };
  return { path: hex(step.path), mode: step.mode, data: Buffer.from(step.data).toString('hex') };
}

function hex(text: string): string {
  return bytesOfText(text).toString('hex');
}

function isDeepEqual(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
}
