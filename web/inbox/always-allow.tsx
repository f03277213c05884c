import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, Circle, Loader, X } from 'lucide-react';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { modeKey } from '../../src/contract/mode-key.ts';
import { invocationsKey } from '../api/invocations.ts';
import { afterModeWrite, writeMode } from '../api/modes.ts';
import { Button } from '../ui/button.tsx';
import { Text } from '../ui/text.tsx';
import { approvedOrFailed } from './use-decision.ts';

interface AlwaysAllowProps {
  readonly invocation: Invocation;
  readonly automation: InvocationContext['automation'];
  readonly begin: () => void;
  readonly disabled: boolean;
}

/**
 * Approves this request, and then writes the mode: two steps that are seen one after the other, because the second is a
 * decision about all that is to come (seed 002, section 1). Where the first is refused, the second is not taken.
 */
export function AlwaysAllow({ invocation, automation, begin, disabled }: AlwaysAllowProps) {
  const client = useQueryClient();
  const { sourceId, actionId } = invocation;
  const approving = useMutation({
    mutationFn: () => approvedOrFailed(invocation),
    onSettled: () => client.invalidateQueries({ queryKey: invocationsKey }),
  });
  const writing = useMutation({
    mutationFn: (automationId: string | undefined) =>
      writeMode({ sourceId, actionId, automationId }, 'allow'),
    onSuccess: () => afterModeWrite(client),
  });
  const approveThenAllow = async (automationId: string | undefined) => {
    begin();
    await approving.mutateAsync();
    await writing.mutateAsync(automationId);
  };
  const start = (automationId: string | undefined) => {
    // Each step shows its own error.
    approveThenAllow(automationId).catch(() => undefined);
  };
  const hasBegun = approving.status !== 'idle';
  if (hasBegun)
    return (
      <ol className="w-full text-sm" aria-label="Always allow, step by step">
        <Step state={approving.status} text="Approve this request" error={approving.error} />
        <Step
          state={approving.isError ? 'idle' : writing.status}
          text={`Allow ${modeKey(sourceId, actionId)} from now on, for ${writing.variables === undefined ? 'the organization' : `automation ${automation?.name ?? ''}`}`}
          error={writing.error}
          retry={() => writing.mutate(writing.variables)}
        />
      </ol>
    );
  if (invocation.status !== 'pending') return null;
  return (
    <details className="ml-auto text-sm open:w-full sm:open:w-auto">
      <summary className="flex min-h-10 items-center rounded-lg px-2 text-muted hover:text-text">
        Always allow…
      </summary>
      <div className="mt-2 flex flex-col items-stretch gap-2">
        <p className="max-w-sm text-muted">
          First this request is approved; then nobody is asked for this action any more.
        </p>
        <Button size="small" disabled={disabled} onClick={() => start(undefined)}>
          Always allow for the organization
        </Button>
        {automation !== null && (
          <Button size="small" disabled={disabled} onClick={() => start(automation.id)}>
            <span className="truncate">
              Always allow for automation <Text value={automation.name ?? automation.id} />
            </span>
          </Button>
        )}
      </div>
    </details>
  );
}

type StepState = 'idle' | 'pending' | 'success' | 'error';

const looks = {
  idle: { icon: Circle, word: 'not done', tone: 'text-muted' },
  pending: { icon: Loader, word: 'under way', tone: 'text-info' },
  success: { icon: Check, word: 'done', tone: 'text-accent' },
  error: { icon: X, word: 'failed', tone: 'text-danger' },
} as const;

interface StepProps {
  readonly state: StepState;
  readonly text: string;
  readonly error: Error | null;
  readonly retry?: () => void;
}

function Step({ state, text, error, retry }: StepProps) {
  const { icon: Icon, word, tone } = looks[state];
  return (
    <li className={`flex items-start gap-2 py-1 ${tone}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 break-words">
        <Text value={text} />: {word}
        {error !== null && <p role="alert">{error.message}</p>}
        {state === 'error' && retry !== undefined && (
          <Button size="small" onClick={retry}>
            Try again
          </Button>
        )}
      </div>
    </li>
  );
}
