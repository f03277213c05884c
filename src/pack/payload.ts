import { bytesOfText, textOfBytes } from '../lib/byte-text.ts';
import { ByteReader, ByteWriter } from '../lib/bytes.ts';
import { refusing } from './errors.ts';
import { maxSteps, maxWriteBytes, type Pack, type Step } from './pack.ts';

const magic = 'APK1';
const currentVersion = 2;
/** Everything before the key's id. */
const headerBytes = 48;
const opcodes = { exec: 1, write: 2 } as const;
const refuse = refusing('bad_payload');

/**
 * The bytes that are signed, version 2. Throws `bad_payload` where something does not fit its field: a text of over 65,535
 * bytes, a key id that is empty or over 255 bytes, over 10,000 steps, over 8 MiB to write.
 */
export function encodePayload(pack: Pack): Buffer {
  const keyId = bytesOfText(pack.keyId);
  if (keyId.length === 0) refuse('missing key_id');
  if (keyId.length > 0xff) refuse('key_id too long');
  if (!/^[0-9a-f]{32}$/.test(pack.packId)) refuse('pack_id is not 16 bytes');
  if (pack.steps.length > maxSteps) refuse('too many steps');
  if (writtenBytes(pack.steps) > maxWriteBytes) refuse('total embedded write bytes too large');
  const writer = new ByteWriter().bytes(bytesOfText(magic)).u8(currentVersion).u8(keyId.length).u16(0);
  writer.u64(pack.createdMs).u64(pack.expiresMs).bytes(Buffer.from(pack.packId, 'hex'));
  writer.u32(pack.env.size).u32(pack.steps.length).bytes(keyId);
  for (const [key, value] of pack.env) {
    writeText(writer, key);
    writeText(writer, value);
  }
  for (const step of pack.steps) writeStep(writer, step);
  return writer.toBuffer();
}

/**
 * Reads version 1 or 2. Total: any bytes give a pack or throw `bad_payload`, in time and memory bounded by their number;
 * a count allocates nothing before what it counts is there.
 */
export function decodePayload(payload: Uint8Array): Pack {
  if (payload.length < headerBytes) refuse('payload too small');
  const read = new ByteReader(payload, refuse);
  if (textOfBytes(read.bytes(4, 'payload header truncated')) !== magic) refuse('bad payload magic');
  const version = read.u8('payload header truncated');
  const keyIdLength = read.u8('payload header truncated');
  read.u16('payload header truncated');
  if (version !== 1 && version !== 2) refuse('unsupported payload version');
  const createdMs = read.u64('payload header truncated');
  const expiresMs = read.u64('payload header truncated');
  const packId = read.bytes(16, 'payload header truncated').toString('hex');
  const envCount = read.u32('payload header truncated');
  const stepCount = read.u32('payload header truncated');
  const keyId = textOfBytes(read.bytes(keyIdLength, 'payload key_id truncated'));
  const env = new Map<string, string>();
  for (let at = 0; at < envCount; at++) {
    const key = readText(read, 'env truncated');
    env.set(key, readText(read, 'env truncated'));
  }
  if (stepCount > maxSteps) refuse('too many steps');
  const steps = readSteps(read, stepCount, version);
  if (read.left > 0) refuse('payload has trailing bytes');
  return { keyId, packId, createdMs, expiresMs, env, steps };
}

function readSteps(read: ByteReader, count: number, version: number): Step[] {
  const steps: Step[] = [];
  let budget = maxWriteBytes;
  for (let at = 0; at < count; at++) {
    const step = readStep(read, version, budget);
    if (step.op === 'write') budget -= step.data.length;
    steps.push(step);
  }
  return steps;
}

function readStep(read: ByteReader, version: number, budget: number): Step {
  const opcode = read.u8('step truncated');
  read.u8('step truncated');
  read.u16('step truncated');
  const timeoutOrMode = read.u32('step truncated');
  const cwdOrPath = readText(read, 'step truncated');
  if (opcode === opcodes.exec)
    return { op: 'exec', timeoutMs: timeoutOrMode, cwd: cwdOrPath, argv: readArgv(read) };
  if (opcode === opcodes.write && version >= 2)
    return { op: 'write', mode: timeoutOrMode, path: cwdOrPath, data: readData(read, budget) };
  return refuse('unsupported opcode');
}

function readArgv(read: ByteReader): string[] {
  const count = read.u16('argv truncated');
  const argv: string[] = [];
  for (let at = 0; at < count; at++) argv.push(readText(read, 'argv truncated'));
  return argv;
}

function readData(read: ByteReader, budget: number): Buffer {
  const length = read.u32('write truncated');
  if (length > budget) refuse('total embedded write bytes too large');
  return read.bytes(length, 'write truncated');
}

function readText(read: ByteReader, otherwise: string): string {
  return textOfBytes(read.bytes(read.u16(otherwise), otherwise));
}

function writeStep(writer: ByteWriter, step: Step): void {
  writer.u8(opcodes[step.op]).u8(0).u16(0);
  if (step.op === 'exec') {
    if (step.argv.length > 0xffff) refuse('too many argv entries');
    writeText(writer.u32(step.timeoutMs), step.cwd);
    writer.u16(step.argv.length);
    for (const argument of step.argv) writeText(writer, argument);
  } else {
    writeText(writer.u32(step.mode), step.path);
    writer.u32(step.data.length).bytes(step.data);
  }
}

function writeText(writer: ByteWriter, text: string): void {
  const bytes = bytesOfText(text);
  if (bytes.length > 0xffff) refuse('string too long');
  writer.u16(bytes.length).bytes(bytes);
}

function writtenBytes(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + (step.op === 'write' ? step.data.length : 0), 0);
}
