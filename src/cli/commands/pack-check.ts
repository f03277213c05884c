import { existsSync } from 'node:fs';
import { assentHome } from '../../config/home.ts';
import { receiverFiles } from '../../config/receiver.ts';
import type { Checked, CheckedStep } from '../../main/receiver.ts';
import { visible } from '../../shared/odd-characters.ts';
import { command, type Reply } from '../command.ts';
import { exit } from '../exit.ts';
import { keyFlag, keyIdOf } from '../packs/key-files.ts';
import { allowPutFlag, readProgram, scriptArgument } from '../packs/program-file.ts';
import { stepText } from '../packs/step-text.ts';
import { paint } from '../print.ts';

export const check = command({
  example: 'assent action-pack check restore.md --policy action_pack.policy --id default --root ~/work',
  more: `Asks the receiver's own code, with the files of this machine: best run where the receiver is. Without --policy it takes the one in
Assent's folder, and without that the commands that are built in.`,
  args: { script: scriptArgument },
  flags: {
    policy: { type: 'text', value: 'FILE', about: 'the policy to check against' },
    id: keyFlag,
    root: { type: 'text', value: 'DIR', about: 'the folder that packs may not leave (this one)' },
    'allow-put': allowPutFlag,
  },
  async run({ args, flags }): Promise<Reply> {
    const keyId = keyIdOf(flags.id);
    const program = await readProgram(args.script, flags['allow-put']);
    const { checkProgram } = await import('../../main/receiver.ts');
    const own = receiverFiles(assentHome(process.env)).policy;
    const policyFile = flags.policy ?? (existsSync(own) ? own : undefined);
    const checked = checkProgram(program, { keyId, policyFile, root: flags.root ?? process.cwd() });
    const ok = checked.steps.every(({ refused }) => refused === undefined);
    const policy = policyFile ?? null;
    return {
      json: {
        ok,
        keyId,
        policy,
        root: checked.root,
        steps: checked.steps.map(stepJson),
        dropped: checked.dropped,
      },
      text: () => text(checked, keyId, policyFile),
      exitCode: ok ? exit.done : exit.refused,
    };
  },
});

function stepJson({ step, refused, allow, remark }: CheckedStep, index: number): object {
  return { index, step: stepText(step), refused: refused ?? null, allow, remark: remark ?? null };
}

function text({ steps, dropped, root }: Checked, keyId: string, policyFile: string | undefined): string {
  const lines = steps.flatMap((one, index) => stepLines(one, index));
  for (const { name, allow } of dropped)
    lines.push(
      `${paint('yellow', '!')} ${visible(name)} would not be set: ${allow ?? 'no policy can allow it'}`,
    );
  const wanted = [...new Set([...steps.map(({ allow }) => allow[0]), ...dropped.map(({ allow }) => allow)])];
  const rules = wanted.filter((rule) => rule !== undefined && !rule.startsWith('root='));
  if (rules.length > 0)
    lines.push(
      '',
      `In ${policyFile ?? 'a policy'}, for the key ${keyId}:`,
      `  ${keyId} … ${rules.join(' ')}`,
    );
  return [`Against ${policyFile ?? 'the built-in commands'}, root ${root}:`, ...lines].join('\n');
}

function stepLines({ step, refused, allow, remark }: CheckedStep, index: number): string[] {
  if (refused === undefined) return [`${paint('green', '✓')} ${index}  ${stepText(step)}`];
  return [
    `${paint('red', '✗')} ${index}  ${stepText(step)}`,
    `     ${refused}`,
    ...allow.map((rule, at) => `     ${at === 0 ? 'allowed by' : 'or by'} ${visible(rule)}`),
    ...(remark === undefined ? [] : [`     ${visible(remark)}`]),
  ];
}
