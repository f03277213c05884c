import { messageOf } from '../lib/errors.ts';
import { type Surroundings, stepEnvironment } from '../pack/environment.ts';
import type { ExecStep, Step, WriteStep } from '../pack/pack.ts';
import { lines, type Ran, stepBegins, stepRan } from '../pack/write-reply.ts';
import type { Authorized } from './authorize.ts';
import { heartbeat } from './os/heartbeat.ts';
import type { ReplyPeer } from './os/reply-peer.ts';
import { StepRefusal } from './refusal.ts';
import { canBePassed, type Resolved, resolveStep } from './resolve-step.ts';
import { runStep } from './run-step.ts';
import { sandboxed } from './sandbox.ts';
import { type WriteConfinement, writeFile } from './write-file.ts';

/** What all packs share. */
export interface RunSettings extends Omit<WriteConfinement, 'policy' | 'home'> {
  readonly surroundings: Surroundings;
  readonly maxOutput: number;
}

/** A step, for the log. Never what it wrote, nor what was in its environment. */
export interface StepRecord {
  readonly op: Step['op'];
  readonly ok: boolean;
  readonly exit?: number;
  readonly durMs?: number;
  readonly bytes?: number;
  readonly timedOut?: boolean;
  readonly signal?: string | undefined;
  readonly refused?: string;
}

interface StepContext {
  readonly at: number;
  readonly authorized: Authorized;
  readonly settings: RunSettings;
  readonly confinement: WriteConfinement;
  readonly sender: ReplyPeer;
}

/** Runs the steps in order until one fails, and sends each line when its step ends. */
export async function runPack(
  authorized: Authorized,
  settings: RunSettings,
  sender: ReplyPeer,
): Promise<StepRecord[]> {
  const { pack, policy } = authorized;
  const confinement = { ...settings, policy, home: settings.surroundings.home };
  const records: StepRecord[] = [];
  sender.send(lines.accepted(pack.packId, pack.steps.length));
  for (const [at, step] of pack.steps.entries()) {
    await sender.keepsUp();
    if (sender.gone.aborted) break;
    const context = { at, authorized, settings, confinement, sender };
    const record = await (step.op === 'exec' ? exec(step, context) : write(step, context));
    records.push(record);
    if (!record.ok) break;
  }
  return records;
}

async function exec(step: ExecStep, context: StepContext): Promise<StepRecord> {
  try {
    const resolved = resolveStep(step, context.confinement);
    try {
      const { exit, durMs, timedOut, signal } = await run(step, resolved, context);
      return { op: 'exec', ok: exit === 0, exit, durMs, timedOut, signal };
    } finally {
      resolved.cwd.release();
    }
  } catch (error) {
    const refused = reasonOf(error);
    context.sender.send(lines.stepRefused(context.at, refused));
    return { op: 'exec', ok: false, refused };
  }
}

async function run(step: ExecStep, resolved: Resolved, context: StepContext): Promise<Ran> {
  const { at, authorized, settings, confinement, sender } = context;
  const { pack, policy } = authorized;
  const { env, dropped } = stepEnvironment(pack.env, policy?.env, settings.surroundings);
  if (!Object.values(env).every(canBePassed)) throw new StepRefusal('bad_text');
  using _ = resolved.inode === undefined ? undefined : settings.running.add(resolved.inode);
  const confined = policy?.sandbox ? sandboxed(resolved, confinement.root) : resolved;
  const limits = { env, timeoutMs: step.timeoutMs, maxOutput: settings.maxOutput, gone: sender.gone };
  const said = heartbeat(stepBegins(at), (part) => sender.send(part));
  try {
    const ran = await runStep(confined, limits);
    sender.send(stepRan(at, ran, dropped).subarray(said()));
    return ran;
  } finally {
    said();
  }
}

async function write(step: WriteStep, { at, confinement, sender }: StepContext): Promise<StepRecord> {
  const bytes = step.data.length;
  try {
    sender.send(lines.wrote(at, bytes, await writeFile(step, confinement)));
    return { op: 'write', ok: true, bytes };
  } catch (error) {
    const refused = reasonOf(error);
    sender.send(lines.notWritten(at, refused));
    return { op: 'write', ok: false, refused };
  }
}

/** A step whose refusal nobody foresaw is refused all the same. */
function reasonOf(error: unknown): string {
  return error instanceof StepRefusal ? error.message : `internal: ${messageOf(error)}`;
}
