import type { Act } from '../../src/contract/acts.ts';
import type { Invocation } from '../../src/contract/invocation.ts';

/** What happened to an invocation, one thing after another. */
export interface Step {
  /** What a person did, where it is that. */
  readonly act?: Act;
  readonly kind: StepKind;
  /** ISO 8601; `null` where it is not on record. */
  readonly at: string | null;
}

export type StepKind =
  | 'asked'
  | 'allowed'
  | 'waits'
  | 'revealed'
  | 'approved'
  | 'denied_by_policy'
  | 'denied_by_person'
  | 'expired'
  | 'about_to_run'
  | 'running'
  | 'started'
  | 'completed'
  | 'failed'
  | 'not_run'
  | 'outcome_unknown';

/** The steps that its record tells of, in their order, and among them what people did about it. */
export function stepsOf(invocation: Invocation, acts: readonly Act[] = []): Step[] {
  const looks = acts.map((act): Step => ({ kind: 'revealed', at: act.at, act })).toReversed();
  const steps = [...looks, ...ruling(invocation), ...running(invocation)];
  return [
    { kind: 'asked', at: invocation.createdAt },
    ...steps.toSorted((one, other) =>
      momentOf(one) < momentOf(other) ? -1 : +(momentOf(one) > momentOf(other)),
    ),
  ];
}

/** What has no moment on record is still to come. */
function momentOf({ at }: Step): number {
  return at === null ? Number.POSITIVE_INFINITY : Date.parse(at);
}

function ruling({ mode, status, createdAt, decidedAt, completedAt, decidedBy }: Invocation): Step[] {
  if (status === 'pending') return [{ kind: 'waits', at: null }];
  if (status === 'expired') return [{ kind: 'expired', at: completedAt }];
  if (status === 'denied')
    return [
      decidedBy === null
        ? { kind: 'denied_by_policy', at: completedAt }
        : { kind: 'denied_by_person', at: decidedAt },
    ];
  if (decidedBy !== null) return [{ kind: 'approved', at: decidedAt }];
  return mode === 'allow' ? [{ kind: 'allowed', at: createdAt }] : [];
}

function running(invocation: Invocation): Step[] {
  const { status, completedAt } = invocation;
  if (status === 'approved') return [{ kind: 'about_to_run', at: null }];
  if (status === 'executing') return [{ kind: 'running', at: null }];
  if (status !== 'completed' && status !== 'failed') return [];
  const ended: Step = { kind: endOf(invocation), at: completedAt };
  const startedAt = startOf(invocation);
  return startedAt === null ? [ended] : [{ kind: 'started', at: startedAt }, ended];
}

/** How it ended, by its status and the codes that the gateway writes after a crash (`store/transitions`). */
export function endOf({
  status,
  error,
  durationMs,
}: Invocation): 'completed' | 'failed' | 'not_run' | 'outcome_unknown' {
  if (status === 'completed') return 'completed';
  // A source that was asked can have said anything, also this; but it was asked.
  if (error === 'interrupted_before_execution' && durationMs === null) return 'not_run';
  return error === 'interrupted_outcome_unknown' ? 'outcome_unknown' : 'failed';
}

function startOf({ completedAt, durationMs }: Invocation): string | null {
  if (completedAt === null || durationMs === null) return null;
  return new Date(Date.parse(completedAt) - durationMs).toISOString();
}

/** How long it waited for a decision, or until nobody had made one, ms. `null` where it did not. */
export function waitedMs({ mode, status, createdAt, decidedAt, completedAt }: Invocation): number | null {
  const until = decidedAt ?? (status === 'expired' ? completedAt : null);
  return mode === 'require_approval' && until !== null ? Date.parse(until) - Date.parse(createdAt) : null;
}
