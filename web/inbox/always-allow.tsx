import { Check, Circle, Loader, X } from 'lucide-react';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { modeKey } from '../../src/shared/mode-key.ts';
import { Button } from '../ui/button.tsx';
import { Text } from '../ui/text.tsx';
import type { Allowing } from './use-always-allow.ts';

interface AlwaysAllowProps {
  readonly automation: InvocationContext['automation'];
  readonly disabled: boolean;
  readonly start: (automationId: string | undefined) => void;
}

/** Offers to approve, and then to ask no more. */
export function AlwaysAllow({ automation, disabled, start }: AlwaysAllowProps) {
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

interface AlwaysAllowStepsProps {
  readonly invocation: Invocation;
  readonly automation: InvocationContext['automation'];
  readonly allowing: Allowing;
  readonly approval: StepState;
  readonly approvalError: Error | null;
}

/** How far it has come. */
export function AlwaysAllowSteps(props: AlwaysAllowStepsProps) {
  const { invocation, automation, allowing, approval, approvalError } = props;
  const { writing, automationId } = allowing;
  const whose =
    automationId === undefined ? 'the organization' : `automation ${automation?.name ?? automationId}`;
  const key = modeKey(invocation.sourceId, invocation.actionId);
  return (
    <ol className="w-full text-sm" aria-label="Always allow, step by step">
      <Step state={approval} text="Approve this request" error={approvalError} />
      <Step
        state={approval === 'error' ? 'idle' : writing.status}
        text={`Allow ${key} from now on, for ${whose}`}
        error={writing.error}
        retry={writing.again}
      />
    </ol>
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
        {error !== null && (
          <p role="alert">
            <Text value={error.message} />
          </p>
        )}
        {state === 'error' && retry !== undefined && (
          <Button size="small" onClick={retry}>
            Try again
          </Button>
        )}
      </div>
    </li>
  );
}
