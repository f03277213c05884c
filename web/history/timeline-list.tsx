import type { Act } from '../../src/contract/acts.ts';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { Exactly } from '../ui/time.tsx';
import { StepWords } from './step-words.tsx';
import { type Step, type StepKind, stepsOf } from './timeline.ts';

interface TimelineProps {
  readonly invocation: Invocation;
  readonly context: InvocationContext | undefined;
  /** What people did about it, newest first; nothing for who may not see that. */
  readonly acts: readonly Act[] | undefined;
}

/** What happened, one thing after another, each with its moment. */
export function Timeline(props: TimelineProps) {
  return (
    <ol className="ml-1.5 flex flex-col border-l border-line">
      {stepsOf(props.invocation, props.acts).map((step) => (
        <Entry key={step.act?.id ?? step.kind} step={step} {...props} />
      ))}
    </ol>
  );
}

function Entry({ step, ...props }: TimelineProps & { readonly step: Step }) {
  return (
    <li className="relative pb-4 pl-5 text-sm last:pb-0">
      <span
        aria-hidden
        className={`absolute top-1.5 -left-[5px] size-[9px] rounded-full ring-4 ring-card ${dots[step.kind] ?? 'bg-line-strong'}`}
      />
      <div className="break-words">
        <StepWords step={step} {...props} />
      </div>
      {step.at !== null && (
        <p className="text-xs text-muted tabular-nums">
          <Exactly at={step.at} />
        </p>
      )}
    </li>
  );
}

const dots: Readonly<Partial<Record<StepKind, string>>> = {
  allowed: 'bg-accent',
  approved: 'bg-accent',
  completed: 'bg-accent',
  waits: 'bg-warn',
  revealed: 'bg-warn',
  not_run: 'bg-warn',
  about_to_run: 'bg-info',
  running: 'bg-info',
  denied_by_policy: 'bg-danger',
  denied_by_person: 'bg-danger',
  failed: 'bg-danger',
  outcome_unknown: 'bg-danger',
};
