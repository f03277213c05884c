import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { modeReasonsOnPage } from '../../src/shared/reasons.ts';
import { duration } from '../../src/shared/relative-time.ts';
import { Text } from '../ui/text.tsx';
import { Exactly, TimeLeft } from '../ui/time.tsx';
import { sessionName } from '../ui/words.ts';
import { type Step, type StepKind, waitedMs } from './timeline.ts';

interface About {
  readonly invocation: Invocation;
  readonly context: InvocationContext | undefined;
  readonly step: Step;
}

/** A step of the timeline in a sentence. */
export function StepWords(about: About) {
  return words[about.step.kind](about);
}

const words: Readonly<Record<StepKind, (about: About) => ReactNode>> = {
  asked: (about) => <AskedBy {...about} />,
  allowed: ({ invocation }) => <>Allowed at once: {modeReasonsOnPage[invocation.modeSource]}.</>,
  waits: ({ invocation: { expiresAt } }) => (
    <>
      Waits for a person to decide
      {expiresAt !== null && (
        <>
          , until <Exactly at={expiresAt} /> (<TimeLeft until={expiresAt} />)
        </>
      )}
      .
    </>
  ),
  revealed: ({ step: { act } }) => (
    <>
      Revealed by <Text value={act?.by?.name ?? act?.by?.id ?? 'somebody'} />: what would run was shown whole.
    </>
  ),
  approved: (about) => (
    <>
      Approved by <Decider {...about} />
      <After about={about} />.
    </>
  ),
  denied_by_policy: ({ invocation }) => <>Denied by policy: {modeReasonsOnPage[invocation.modeSource]}.</>,
  denied_by_person: (about) => (
    <>
      Denied by <Decider {...about} />
      <After about={about} />.
    </>
  ),
  expired: (about) => (
    <>
      Nobody decided in time
      <After about={about} />.
    </>
  ),
  about_to_run: () => <>About to run.</>,
  running: () => <>Running.</>,
  started: () => <>Started.</>,
  completed: (about) => <>Completed{took(about)}.</>,
  failed: (about) => <>Failed{took(about)}.</>,
  not_run: () => <>The gateway stopped before it was run.</>,
  outcome_unknown: () => <>The gateway stopped while it ran; what came of it is not known.</>,
};

function AskedBy({ invocation: { sessionId, automationId }, context }: About) {
  const createdBy = context?.session?.createdBy ?? null;
  return (
    <>
      Asked by{' '}
      <Link to="/sessions/$id" params={{ id: sessionId }} className="underline">
        <Text value={sessionName(sessionId, context?.session?.name)} />
      </Link>
      {createdBy !== null && (
        <>
          , opened by <Text value={createdBy.name} />
        </>
      )}
      {automationId !== null && (
        <>
          , under the automation{' '}
          <Link to="/automations/$id" params={{ id: automationId }} className="underline">
            <Text value={context?.automation?.name ?? automationId.slice(-6)} />
          </Link>
        </>
      )}
      .
    </>
  );
}

function Decider({ invocation: { decidedBy }, context }: About) {
  const person = context?.decidedBy ?? null;
  if (person === null) return <Text value={decidedBy ?? 'somebody'} />;
  return <Text value={person.name} />;
}

function After({ about: { invocation } }: { readonly about: About }) {
  const ms = waitedMs(invocation);
  return ms === null ? null : <>, after {duration(ms)}</>;
}

function took({ invocation: { durationMs } }: About): string {
  return durationMs === null ? '' : ` after ${duration(durationMs)}`;
}
