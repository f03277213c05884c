// A million inputs and more that nobody thought of. Every decoder gives a value or refuses in its own words, nothing else is ever
// thrown, and no answer is larger than what it was made from.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { textOfBytes } from '../../src/lib/byte-text.ts';
import { ByteWriter } from '../../src/lib/bytes.ts';
import { decodeEnvelope, encodeEnvelope } from '../../src/pack/envelope.ts';
import { PackError, type PackErrorCode } from '../../src/pack/errors.ts';
import { type KeyPolicy, parsePolicy } from '../../src/pack/key-policy.ts';
import { generateKey, publicKeyText } from '../../src/pack/keys.ts';
import { maxSteps, type Pack, type Step } from '../../src/pack/pack.ts';
import { decodePayload, encodePayload } from '../../src/pack/payload.ts';
import { parsePublicKeys } from '../../src/pack/public-keys.ts';
import { type ReplyEvent, ReplyReader, type Stream } from '../../src/pack/read-reply.ts';
import { extractRecipe } from '../../src/pack/recipe.ts';
import { compileScript } from '../../src/pack/script.ts';
import { splitWords } from '../../src/pack/words.ts';
import { lines, type Ran, stepRan } from '../../src/pack/write-reply.ts';

/** What the attempt gives; `undefined` where it refused, with this code. Anything else that is thrown fails the test. */
function valueOrRefusal<T>(code: PackErrorCode, attempt: () => T, messages: RegExp): T | undefined {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof PackError) || error.code !== code || !messages.test(error.message)) throw error;
    return undefined;
  }
}

/** Two random bytes an edit: where, and what. It overwrites, cuts, inserts, or puts an extreme number in. */
function mutated(bytes: Buffer, program: Uint8Array): Buffer {
  let result = Buffer.from(bytes);
  for (let at = 0; at + 2 < program.length && result.length > 8; at += 3) {
    const [where = 0, how = 0, what = 0] = program.subarray(at, at + 3);
    const position = Math.floor((where / 256) * (result.length - 4));
    const edit = how % 6;
    if (edit <= 1) result.writeUInt8(what, position);
    else if (edit === 2) result.writeUInt32LE(extremes[what % extremes.length] ?? 0, position);
    else if (edit === 3) result.writeUInt16LE((extremes[what % extremes.length] ?? 0) & 0xffff, position);
    else if (edit === 4) result = result.subarray(0, result.length - (what % 8));
    else result = Buffer.concat([result.subarray(0, position), program, result.subarray(position)]);
  }
  return result;
}

const extremes = [
  0,
  1,
  2,
  0xff,
  0xffff,
  maxSteps,
  maxSteps + 1,
  8 << 20,
  0x7fff_ffff,
  0x8000_0000,
  0xffff_ffff,
];
const edits = fc.uint8Array({ minLength: 3, maxLength: 9 });
const extreme = fc.constantFrom(...extremes);

/** One of many, in lists that are as long as a line. */
function pieceOf(...lists: readonly (readonly string[])[]): fc.Arbitrary<string> {
  return fc.constantFrom(...lists.flat());
}

/** Objects like those of our own: with a prototype. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

const bytesText = fc.uint8Array({ maxLength: 8 }).map(textOfBytes);
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  record({
    op: fc.constant<'exec'>('exec'),
    timeoutMs: fc.nat(0xffff_ffff),
    cwd: bytesText,
    argv: fc.array(bytesText, { maxLength: 4 }),
  }),
  record({
    op: fc.constant<'write'>('write'),
    mode: fc.nat(0xffff_ffff),
    path: bytesText,
    data: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  }),
);
const u64 = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn });
const packArbitrary: fc.Arbitrary<Pack> = record({
  keyId: fc.uint8Array({ minLength: 1, maxLength: 8 }).map(textOfBytes),
  packId: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  createdMs: u64,
  expiresMs: u64,
  env: fc.array(fc.tuple(bytesText, bytesText), { maxLength: 3 }).map((entries) => new Map(entries)),
  steps: fc.array(stepArbitrary, { maxLength: 3 }),
});
const signature = Buffer.from('signature');

/** The fewest bytes that such a pack can have come from. */
function leastBytes({ env, steps }: Pack): number {
  const ofStep = (step: Step) =>
    10 + Buffer.byteLength(step.op === 'exec' ? step.cwd : step.path, 'latin1') / 2 + ofRest(step);
  const ofRest = (step: Step) => (step.op === 'exec' ? 2 + 2 * step.argv.length : 4 + step.data.length);
  return 48 + 4 * env.size + steps.reduce((sum, step) => sum + ofStep(step), 0);
}

const envelopeMessages = /^(envelope too small|bad envelope magic|envelope truncated)$/;
const payloadMessages =
  /^(payload too small|bad payload magic|unsupported payload version|payload key_id truncated|env truncated|too many steps|step truncated|argv truncated|unsupported opcode|write truncated|total embedded write bytes too large|payload has trailing bytes)$/;

test('envelopes and payloads', async (t) => {
  const seen = { envelopes: 0, payloads: 0, packs: 0, written: 0 };

  function decode(bytes: Uint8Array): void {
    seen.envelopes++;
    const envelope = valueOrRefusal('bad_envelope', () => decodeEnvelope(bytes), envelopeMessages);
    if (envelope === undefined) return;
    assert.equal(12 + envelope.payload.length + envelope.signature.length, bytes.length);
    if (envelope.payload.length > 0 && envelope.signature.length > 0)
      assert.deepEqual(encodeEnvelope(envelope), Buffer.from(bytes));
    decodeInner(envelope.payload);
  }

  function decodeInner(payload: Uint8Array): void {
    seen.payloads++;
    const pack = valueOrRefusal('bad_payload', () => decodePayload(payload), payloadMessages);
    if (pack === undefined) return;
    seen.packs++;
    assert.ok(leastBytes(pack) <= payload.length, 'a pack is no larger than what it was read from');
    if (pack.keyId === '') return;
    // Version 1, ignored bits and a variable given twice are all that is not written as it was read.
    const again = encodePayload(pack);
    assert.ok(again.length <= payload.length);
    assert.deepEqual(decodePayload(again), pack);
    assert.deepEqual(encodePayload(decodePayload(again)), again);
  }

  await t.test('random bytes', () => {
    const start = fc.constantFrom('', 'SAP1', 'SAP1\x30\0\0\0APK1\x02\x01\0\0');
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 80 }), (magic, bytes) =>
        decode(Buffer.concat([Buffer.from(magic, 'latin1'), bytes])),
      ),
      { numRuns: 30_000 },
    );
  });

  await t.test('valid ones, changed', () => {
    const payloads = fc.sample(packArbitrary, 300).map(encodePayload);
    fc.assert(
      fc.property(fc.nat(payloads.length - 1), fc.boolean(), edits, (which, inside, program) => {
        const payload = payloads[which] ?? Buffer.alloc(0);
        const changed = inside ? mutated(payload, program) : payload;
        const envelope = encodeEnvelope({ payload: changed, signature });
        decode(inside ? envelope : mutated(envelope, program));
      }),
      { numRuns: 150_000 },
    );
  });

  await t.test('counts and lengths of what is not there', () => {
    fc.assert(
      fc.property(
        fc.tuple(extreme, extreme, extreme, extreme, extreme),
        fc.uint8Array({ maxLength: 24 }),
        ([payloadLength, env, steps, keyLength, signatureLength], rest) => {
          const writer = new ByteWriter()
            .bytes(Buffer.from('APK1'))
            .u8(2)
            .u8(keyLength & 0xff)
            .u16(0);
          const payload = writer.bytes(Buffer.alloc(32)).u32(env).u32(steps).bytes(rest).toBuffer();
          decode(encodeEnvelope({ payload, signature }));
          const lying = encodeEnvelope({ payload, signature });
          lying.writeUInt32LE(payloadLength, 4);
          lying.writeUInt32LE(signatureLength, 8 + payload.length);
          decode(lying);
          decode(lying.subarray(0, 12));
        },
      ),
      { numRuns: 10_000 },
    );
  });

  await t.test('what is written is read, and written the same', () => {
    fc.assert(
      fc.property(packArbitrary, (pack) => {
        seen.written++;
        const payload = encodePayload(pack);
        assert.deepEqual(decodePayload(payload), pack);
        assert.deepEqual(encodePayload(decodePayload(payload)), payload);
      }),
      { numRuns: 5000 },
    );
  });

  assert.ok(seen.envelopes >= 100_000);
  assert.ok(seen.packs > 5000, 'enough of them get through to be compared');
  t.diagnostic(JSON.stringify(seen));
});

const scriptPieces = pieceOf(
  ['exec ', 'put ', 'cd ', 'env ', 'timeout ', 'exec a b\n', 'put /a @f\n', '/a', '@f', '@', 'A=b'],
  ['=', "'", '"', '\\', ' ', '\t', '\n', '\n', '\n', '\r', '#', 'é', '😀', '\ud800', '\udc80', '\0'],
  ['\u00a0', '0', '7', '4294967295', '4294967296', '-1', '1.5', '__proto__', 'constructor', '$HOME'],
  ['~', '`', ';'],
);
const scriptMessages =
  /^(script has no steps|line [1-9][0-9]*: (unknown instruction: .*|cd requires exactly 1 arg|timeout requires exactly 1 arg|invalid timeout value|env requires exactly 1 arg \(KEY=VALUE\)|env requires KEY=VALUE|put requires: put <dest_abs_path> @<src_path>|put destination must be an absolute path|put source must be @<path>|put unable to open source: .*|exec requires at least 1 arg|unterminated quote))$/s;

test('scripts', async (t) => {
  const seen = { scripts: 0, compiled: 0, joined: 0 };

  function compile(script: string | Uint8Array): void {
    seen.scripts++;
    const readSource = (path: string) => (path === 'f' ? Buffer.from('f') : undefined);
    const program = valueOrRefusal('bad_script', () => compileScript(script, { readSource }), scriptMessages);
    if (program === undefined) return;
    seen.compiled++;
    const text = typeof script === 'string' ? script : textOfBytes(script);
    const said = text.split('\n').length;
    assert.ok(program.steps.length + program.env.size <= said, 'an instruction a line');
    for (const step of program.steps) {
      const words = step.op === 'exec' ? step.argv : [step.path];
      assert.ok(words.join('').length <= text.length);
    }
  }

  await t.test('of what scripts are made of', () => {
    fc.assert(
      fc.property(fc.array(scriptPieces, { maxLength: 14 }), (pieces) => compile(pieces.join(''))),
      { numRuns: 180_000 },
    );
  });

  await t.test('of random bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom('', 'exec ', 'env A='), fc.uint8Array({ maxLength: 20 }), (start, bytes) =>
        compile(Buffer.concat([Buffer.from(start), bytes])),
      ),
      { numRuns: 25_000 },
    );
  });

  await t.test('words that are quoted and joined are the same words', () => {
    const character = fc.constantFrom(
      'a',
      'b',
      ' ',
      '\t',
      '"',
      "'",
      '\\',
      '#',
      '\r',
      '\n',
      'é',
      '\udc80',
      '😀',
      '',
    );
    const word = fc.array(character, { maxLength: 6 }).map((characters) => characters.join(''));
    const style = fc.constantFrom<(word: string) => string>(
      (text) => `'${text.replace(/['\\]/g, '\\$&')}'`,
      (text) => `"${text.replace(/["\\]/g, '\\$&')}"`,
      (text) => (text === '' ? `''` : text.replace(/[ \t"'\\]/g, '\\$&')),
      // Every unit of it by itself, in turns quoted and not.
      (text) =>
        `''${text.replace(/[^]/g, (unit) => (unit === '"' ? `'"'` : `"${unit.replace('\\', '\\\\')}"`))}`,
    );
    const blank = fc.constantFrom(' ', '\t', ' \t ');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, style, blank), { maxLength: 5 }), (words) => {
        seen.joined++;
        const line = words.map(([text, quoted, between]) => between + quoted(text)).join('');
        assert.deepEqual(
          splitWords(line),
          words.map(([text]) => text),
        );
      }),
      { numRuns: 20_000 },
    );
  });

  assert.ok(seen.scripts >= 100_000);
  assert.ok(seen.compiled > 5000);
  t.diagnostic(JSON.stringify(seen));
});

const recipePieces = pieceOf(
  ['```', '```', '~~~', '````', 'action-pack', '```action-pack\n', '~~~action-pack\n', '\n```\n'],
  ['\n', '\n', '\n\n', 'exec a\n', 'exec b', '# ', ' ', '    ', '\t', '> ', '- ', '1. ', '<!--'],
  ['-->', '<pre>', '\r\n', '\0', '\ufeff', '---\n', '\n---\n', 'title: x\n', 'risk: ', 'write'],
  ['tags: ', 'inputs: ', '[', ']', '{', '}', ': ', '? ', ',', '&a ', '*a ', '!!binary ', '!!set '],
  ['|\n', '"', "'", '%', '\\', '&#97;', '&', '[a]: b', '__proto__: ', '\ud800'],
);

test('recipes', async (t) => {
  const seen = { recipes: 0, found: 0, built: 0 };

  await t.test('of what recipes are made of', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', '---\n'),
        fc.array(recipePieces, { maxLength: 14 }),
        (start, pieces) => {
          seen.recipes++;
          const text = start + pieces.join('');
          const refusal = /^recipe (has no action-pack block$|front matter: .)/;
          const recipe = valueOrRefusal('bad_recipe', () => extractRecipe(text), refusal);
          if (recipe === undefined) return;
          seen.found++;
          // What runs is in the recipe, on the lines where it is said to be.
          const source = text.replaceAll('\0', '\ufffd').split('\n');
          const script = recipe.script.split('\n').slice(0, -1);
          for (const [at, line] of script.entries()) {
            const there = source[recipe.firstLine - 1 + at]?.replace(/\r$/, '');
            assert.ok(there?.endsWith(line.trimStart()), JSON.stringify({ text, line, there }));
          }
        },
      ),
      { numRuns: 200_000 },
    );
  });

  await t.test('a block is found as it was written, wherever it stands', () => {
    const prose = fc.constantFrom(
      '',
      '# Title\n',
      'words and `code`\n\n',
      '- a list\n\n\n',
      '> said\n\n',
      '---\n\n',
    );
    const line = fc.constantFrom(
      'exec a',
      '# b',
      '',
      '  indented',
      '\tcd /',
      '```',
      '> no',
      '---',
      'put /a @b',
    );
    fc.assert(
      fc.property(fc.array(prose, { maxLength: 4 }), fc.array(line, { maxLength: 5 }), (before, script) => {
        seen.built++;
        const head = `Recipe\n\n${before.join('')}\n`;
        const text = `${head}~~~~action-pack\n${script.map((one) => `${one}\n`).join('')}~~~~\n`;
        assert.deepEqual(extractRecipe(text), {
          script: script.map((one) => `${one}\n`).join(''),
          firstLine: head.split('\n').length + 1,
          frontMatter: {},
        });
      }),
      { numRuns: 5000 },
    );
  });

  assert.ok(seen.recipes >= 100_000);
  assert.ok(seen.found > 1000);
  t.diagnostic(JSON.stringify(seen));
});

test('policies and public keys', async (t) => {
  const seen = { policies: 0, allowed: 0, written: 0, keyFiles: 0, keys: 0 };
  const pieces = pieceOf(
    ['a', 'b', ' ', ' ', '\t', '\n', '\n', '\r', '#', '=', 'cmd=', 'env=', ' cmd=/bin/sh', ' env=HOME'],
    ['/bin/ls', ' allow_root_scripts=', ' allow_exec_writes=', '1', 'yes', 'off', 'maybe'],
    [' max_ttl_ms=', '0', ' sandbox=', 'required', '__proto__', 'constructor', 'é', '\u2028', '\u00a0'],
    ['\0', '\ud800', ' max_ttl_ms=5', 'a cmd=/x\n'],
  );

  await t.test('policies of what policies are made of', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        seen.policies++;
        const text = parts.join('');
        const policies = valueOrRefusal('bad_policy', () => parsePolicy(text, 'P'), /^P line [1-9][0-9]*: ./);
        if (policies === undefined) return;
        seen.allowed++;
        assert.ok(policies.size <= text.split('\n').length);
        for (const policy of policies.values()) assertWritten(policy, text);
      }),
      { numRuns: 200_000 },
    );
  });

  /** Nothing is allowed that is not there to be read. */
  function assertWritten(policy: KeyPolicy, text: string): void {
    for (const command of policy.commands)
      assert.ok(command.startsWith('/') && text.includes(`cmd=${command}`));
    for (const name of policy.env) assert.ok(text.includes(`env=${name}`));
    if (policy.allowRootScripts) assert.ok(/allow_root_scripts=(1|yes)/.test(text));
    if (policy.allowExecWrites) assert.ok(/allow_exec_writes=(1|yes)/.test(text));
    if (policy.sandbox) assert.ok(text.includes('sandbox=required'));
  }

  await t.test('a policy that is written out is read again', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,4}$/);
    const policyArbitrary = record({
      commands: fc.array(
        name.map((text) => `/${text}`),
        { maxLength: 3 },
      ),
      env: fc.array(name, { maxLength: 3 }).map((names) => new Set(names)),
      allowRootScripts: fc.boolean(),
      allowExecWrites: fc.boolean(),
      maxTtlMs: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
      sandbox: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(policyArbitrary, { maxLength: 3 }), (policies) => {
        seen.written++;
        const text = policies.map((policy, at) => `key${at} ${policyText(policy)}\n`).join('');
        assert.deepEqual([...parsePolicy(text, 'P').values()], policies);
      }),
      { numRuns: 5000 },
    );
  });

  await t.test('key files', () => {
    const good = publicKeyText(generateKey());
    const bad = `${good.slice(0, -3)}AA=`;
    const keyPieces = pieceOf(
      ['a', 'b', ' ', ' ', '\t', '\n', '\n', '\r', '#', '=', '!', '\u2028', '\0', '\ud800', '__proto__'],
      [`a ${good}\n`, `b ${bad}\n`, good.slice(0, 20), good.slice(20), good, 'AAAA'],
    );
    fc.assert(
      fc.property(fc.array(keyPieces, { maxLength: 8 }), (parts) => {
        seen.keyFiles++;
        const text = parts.join('');
        const { keys, skipped } = parsePublicKeys(text, 'P');
        assert.ok(keys.size + skipped.length <= text.split('\n').length);
        for (const line of skipped)
          assert.match(
            line,
            /^P line [1-9][0-9]*: public key is not (base64|a 65-byte uncompressed point|on the curve)$/,
          );
        for (const [id, key] of keys) {
          seen.keys++;
          assert.ok(text.includes(id));
          assert.ok([good, bad].includes(publicKeyText(key)));
        }
      }),
      { numRuns: 20_000 },
    );
  });

  assert.ok(seen.policies >= 100_000);
  assert.ok(seen.allowed > 1000);
  t.diagnostic(JSON.stringify(seen));
});

function policyText(policy: KeyPolicy): string {
  const words = [
    ...policy.commands.map((path) => `cmd=${path}`),
    ...[...policy.env].map((name) => `env=${name}`),
    `allow_root_scripts=${policy.allowRootScripts ? 'on' : 'off'}`,
    `allow_exec_writes=${policy.allowExecWrites ? 'true' : 'false'}`,
    policy.maxTtlMs === undefined ? '' : `max_ttl_ms=${policy.maxTtlMs}`,
    policy.sandbox ? 'sandbox=required' : '',
  ];
  return words.filter((word) => word !== '').join(' ');
}

/** A reply, and what a reader must find in it. */
interface Written {
  readonly bytes: Buffer;
  readonly events: readonly ReplyEvent[];
}

const packId = '00112233445566778899aabbccddeeff';
const imitations = [
  'STEP 1 ERR x',
  'STEP 0 exec exit=0 dur_ms=1',
  'ERR replay',
  `OK pack_id=${packId} steps=1`,
];
const output = fc
  .array(
    fc.constantFrom(
      ...imitations,
      '--- STDOUT (5 bytes) ---',
      '--- STDERR (1 bytes) ---',
      '\n',
      '\n',
      'a',
      '\xff',
    ),
    { maxLength: 5 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));
const inLine = fc.constantFrom(
  '',
  'No such file',
  'a b=c',
  '/a\nSTEP 1 ERR x',
  '\r\0',
  'é\udcff',
  ' error=x path=y',
);
const ranArbitrary: fc.Arbitrary<Ran> = fc.record({
  exit: fc.constantFrom(0, 0, 0, 1, 255),
  signal: fc.constantFrom(undefined, undefined, 'SIGKILL'),
  error: fc.option(inLine, { nil: undefined, freq: 1 }),
  durMs: fc.nat(),
  timedOut: fc.boolean(),
  truncated: fc.boolean(),
  stdout: output,
  stderr: output,
});
const stepWritten = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ ran: ranArbitrary, dropped: fc.array(fc.constantFrom('A', 'B_1', 'x y', '\n')) }),
  },
  fc.record({ wrote: inLine, bytes: fc.nat() }),
  fc.record({ stepRefused: inLine.map((reason) => `r${reason}`) }),
  fc.record({ notWritten: inLine.map((reason) => `r${reason}`) }),
);

function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

/** The steps as a receiver sends them: the first that fails is the last. */
function replyOf(steps: readonly (typeof stepWritten extends fc.Arbitrary<infer T> ? T : never)[]): Written {
  const parts = [lines.accepted(packId, steps.length)];
  const events: ReplyEvent[] = [{ kind: 'accepted', packId, steps: steps.length }];
  for (const [index, step] of steps.entries()) {
    let ok = true;
    if ('ran' in step) {
      parts.push(stepRan(index, step.ran, step.dropped));
      const { exit, durMs, timedOut, truncated, signal, error, stdout, stderr } = step.ran;
      const fields: Record<string, string> = Object.create(null);
      if (timedOut) fields.timed_out = '1';
      if (truncated) fields.truncated = '1';
      if (signal !== undefined) fields.signal = signal;
      if (step.dropped.length > 0)
        fields.env_dropped = step.dropped.map((name) => name.replace(/[ \n]/g, '?')).join(',');
      if (error !== undefined) fields.error = visible(error);
      ok = exit === 0 && !timedOut && error === undefined;
      events.push({ kind: 'step', step: { index, ok, outcome: 'ran', exit, durMs, fields } });
      for (const [stream, bytes] of [
        ['stdout', stdout],
        ['stderr', stderr],
      ] as const)
        if (bytes.length > 0) events.push({ kind: 'output', stream, bytes });
    } else if ('wrote' in step) {
      parts.push(lines.wrote(index, step.bytes, step.wrote));
      const path = visible(step.wrote);
      events.push({ kind: 'step', step: { index, ok, outcome: 'wrote', bytes: step.bytes, path } });
    } else {
      ok = false;
      const isWrite = 'notWritten' in step;
      const reason = isWrite ? step.notWritten : step.stepRefused;
      parts.push(isWrite ? lines.notWritten(index, reason) : lines.stepRefused(index, reason));
      const op = isWrite ? 'write' : 'exec';
      events.push({ kind: 'step', step: { index, ok, outcome: 'refused', op, reason: visible(reason) } });
    }
    if (!ok) break;
  }
  return { bytes: Buffer.concat(parts), events };
}

/** Cuts by the bytes of a program, again and again: a piece as long as each says. */
function pieces(bytes: Buffer, cuts: Uint8Array): Buffer[] {
  const cut: Buffer[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const length = cuts[turn % cuts.length] ?? bytes.length;
    cut.push(bytes.subarray(at, at + length));
    at += length;
  }
  return cut;
}

function readAll(parts: readonly Buffer[]): ReplyEvent[] {
  const reader = new ReplyReader();
  const events = parts.flatMap((part) => reader.push(part));
  reader.end();
  return events;
}

/** With the pieces of one output put together. */
function joined(events: readonly ReplyEvent[]): ReplyEvent[] {
  const result: ReplyEvent[] = [];
  for (const event of events) {
    const last = result.at(-1);
    if (event.kind === 'output' && last?.kind === 'output' && last.stream === event.stream)
      result[result.length - 1] = outputOf(event.stream, Buffer.concat([last.bytes, event.bytes]));
    else result.push(event.kind === 'output' ? outputOf(event.stream, Buffer.from(event.bytes)) : event);
  }
  return result;
}

function outputOf(stream: Stream, bytes: Buffer): ReplyEvent {
  return { kind: 'output', stream, bytes };
}

test('replies', async (t) => {
  const seen = { replies: 0, read: 0, whole: 0 };
  const cuts = fc.uint8Array({ min: 1, max: 40, minLength: 1, maxLength: 4 });
  const messages =
    /^(reply broke off|line too long|output is longer than its count|more than the reply|neither OK nor ERR|not a line of a reply|steps out of order|output of no step)$/;

  function read(bytes: Buffer, program: Uint8Array): void {
    seen.replies++;
    const events = valueOrRefusal('bad_reply', () => readAll(pieces(bytes, program)), messages);
    if (events === undefined) return;
    seen.read++;
    const shown = events.reduce((sum, event) => sum + (event.kind === 'output' ? event.bytes.length : 1), 0);
    assert.ok(shown <= bytes.length, 'nothing is shown that did not arrive');
    assert.deepEqual(joined(readAll([bytes])), joined(events), 'how it was cut makes no difference');
  }

  await t.test('of random bytes and lines', () => {
    const part = pieceOf(
      [...imitations, 'STEP 0 ', 'exec ', 'write ', 'OK ', 'ERR ', 'bytes=', '--- STDOUT (3 bytes) ---'],
      ['---', '\n', '\n', '\n', 'abc', '\r', '\0', '\xff', '99999'],
      [`OK pack_id=${packId} steps=2\nSTEP 0 ERR no\n`],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), cuts, (parts, program) =>
        read(Buffer.from(parts.join(''), 'latin1'), program),
      ),
      { numRuns: 40_000 },
    );
  });

  await t.test('valid ones, changed', () => {
    const replies = fc
      .sample(fc.array(stepWritten, { maxLength: 4 }), 300)
      .map((steps) => replyOf(steps).bytes);
    fc.assert(
      fc.property(fc.nat(replies.length - 1), edits, cuts, (which, program, cut) =>
        read(mutated(replies[which] ?? Buffer.alloc(0), program), cut),
      ),
      { numRuns: 160_000 },
    );
  });

  await t.test('a reply that was written is read as what was written, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(stepWritten, { maxLength: 4 }), cuts, (steps, program) => {
        seen.whole++;
        const { bytes, events } = replyOf(steps);
        assert.deepEqual(joined(readAll(pieces(bytes, program))), events);
      }),
      { numRuns: 20_000 },
    );
  });

  assert.ok(seen.replies >= 100_000);
  assert.ok(seen.read > 1000);
  t.diagnostic(JSON.stringify(seen));
});
