import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { AssentError } from '../lib/errors.ts';
import { isWithin, realPath } from '../lib/real-path.ts';
import { stepEnvironment } from '../pack/environment.ts';
import { expandHome } from '../pack/expand-home.ts';
import { type KeyPolicy, parsePolicy } from '../pack/key-policy.ts';
import type { ExecStep, Program, Step, WriteStep } from '../pack/pack.ts';
import { StepRefusal } from './refusal.ts';
import { commandOf, resolveStep } from './resolve-step.ts';
import { realRoot } from './root.ts';
import { resolveWrite } from './write-file.ts';

export interface CheckOptions {
  readonly keyId: string;
  /** `undefined` is the built-in list. */
  readonly policyFile: string | undefined;
  readonly root: string;
}

/** What would become of a step. */
export interface CheckedStep {
  readonly step: Step;
  /** The receiver's word for why not; `undefined` where it would run. */
  readonly refused: string | undefined;
  /** What would allow it, the least permission first. Empty where no setting can. */
  readonly allow: readonly string[];
  /** What no setting can mend, or what a setting would also allow. */
  readonly remark: string | undefined;
}

export interface Checked {
  readonly root: string;
  readonly steps: readonly CheckedStep[];
  /** Variables that the steps would not get. */
  readonly dropped: readonly { readonly name: string; readonly allow: string | undefined }[];
}

/** Programs that run whatever they are told to: who may run one may run anything. */
const interpreters =
  /\/(?:ba|z|da|k|fi)?sh$|\/(?:python|perl|ruby|node|lua|php)[\d.]*$|\/(?:env|make|xargs|find|sudo|awk|vim?|ssh)$/;

/**
 * Which steps would a receiver with this policy and this root refuse? Asked of the receiver's own code, with the files of this
 * machine. Throws `misconfigured` and `bad_policy`, and `no_policy` where the policy has no line for the key.
 */
export function checkProgram(program: Program, options: CheckOptions): Checked {
  const policy = readPolicy(options);
  const home = homedir();
  const root = realRoot(options.root);
  const confinement = { root, home, policy, written: { has: () => false }, isOwn: () => false };
  const surroundings = { home, user: userInfo().username, tmp: tmpdir() };
  const writtenHere = new Set<string>();
  const steps = program.steps.map((step): CheckedStep => {
    if (step.op === 'write') {
      writtenHere.add(expandHome(step.path, home));
      return judged(
        step,
        () => resolveWrite(step, confinement).folder.release(),
        (reason) => adviceForWrite(step, reason, confinement),
      );
    }
    if (writtenHere.has(expandHome(step.argv[0] ?? '', home)))
      return refused(step, 'cmd_not_allowed', [], 'a file that a pack has written never runs');
    return judged(
      step,
      () => resolveStep(step, confinement).cwd.release(),
      (reason) => adviceForExec(step, reason, confinement),
    );
  });
  const { dropped } = stepEnvironment(program.env, policy?.env, surroundings);
  return { root, steps, dropped: dropped.map((name) => ({ name, allow: wouldPass(name) })) };

  /** Whether a policy could let the variable through at all. */
  function wouldPass(name: string): string | undefined {
    const alone = new Map([[name, program.env.get(name) ?? '']]);
    return stepEnvironment(alone, undefined, surroundings).dropped.length === 0 ? `env=${name}` : undefined;
  }
}

interface CheckGround {
  readonly root: string;
  readonly home: string;
}

interface Advice {
  readonly allow: readonly string[];
  readonly remark?: string | undefined;
}

function judged(step: Step, attempt: () => void, advise: (reason: string) => Advice): CheckedStep {
  try {
    attempt();
    return { step, refused: undefined, allow: [], remark: undefined };
  } catch (error) {
    if (!(error instanceof StepRefusal)) throw error;
    const { allow, remark } = advise(error.message);
    return refused(step, error.message, allow, remark);
  }
}

function refused(step: Step, reason: string, allow: readonly string[], remark?: string): CheckedStep {
  return { step, refused: reason, allow, remark };
}

function adviceForExec(step: ExecStep, reason: string, { root, home }: CheckGround): Advice {
  const [name = ''] = step.argv;
  const command = expandHome(commandOf(name) ?? name, home);
  const cwd = realPath(expandHome(step.cwd, home)) ?? root;
  if (reason === 'cmd_not_allowed' && !command.includes('/'))
    return {
      allow: [],
      remark: `"${name}" is no name that receivers know: write the absolute path of the program`,
    };
  if (reason === 'cmd_not_allowed')
    return adviceForCommand(command.startsWith('/') ? command : `${cwd}/${command}`, root);
  if (reason === 'cwd_outside_root')
    return { allow: [rootFor(cwd, root)], remark: 'a wider root lets every pack further' };
  if (reason === 'cmd_outside_root')
    return { allow: [], remark: 'name the program by its absolute path, and list that with cmd=' };
  if (reason === 'bad_cwd') return { allow: [], remark: 'there is no such folder on this machine' };
  if (reason === 'bad_cmd_path') return { allow: [], remark: 'there is no such file on this machine' };
  return { allow: [] };
}

function adviceForCommand(path: string, root: string): Advice {
  const real = realPath(path) ?? path;
  const remark = interpreters.test(real) ? `${path} runs anything that it is told to` : undefined;
  return { allow: [`cmd=${path}`, ...(isWithin(real, root) ? ['allow_root_scripts=1'] : [])], remark };
}

function adviceForWrite(step: WriteStep, reason: string, { root, home }: CheckGround): Advice {
  if (reason === 'executable writes forbidden')
    return { allow: ['allow_exec_writes=1'], remark: 'or leave the executable bits out of its mode' };
  const parent = dirname(expandHome(step.path, home));
  const real = realPath(parent);
  if (reason !== 'bad parent dir') return { allow: [] };
  if (real === undefined) return { allow: [], remark: `there is no folder ${parent} on this machine` };
  return { allow: [rootFor(real, root)], remark: 'a wider root lets every pack further' };
}

/** The narrowest root that holds both. */
function rootFor(path: string, root: string): string {
  let wider = root;
  while (!isWithin(path, wider)) wider = dirname(wider);
  return `root=${wider}`;
}

function readPolicy({ policyFile, keyId }: CheckOptions): KeyPolicy | undefined {
  if (policyFile === undefined) return undefined;
  if (!existsSync(policyFile)) throw new AssentError('unreadable', `unable to open: ${policyFile}`);
  const policy = parsePolicy(readFileSync(policyFile, 'utf8'), policyFile).get(keyId);
  if (policy === undefined)
    throw new AssentError('no_policy', `policy missing for key_id: ${keyId} (in ${policyFile})`);
  return policy;
}
