import { Link } from '@tanstack/react-router';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { modeReasonsOnPage } from '../../src/shared/reasons.ts';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';
import { modes, risks } from '../ui/words.ts';

interface WhoAsksProps {
  readonly invocation: Invocation;
  readonly context: InvocationContext | undefined;
}

/** Whose agent asks, since when, and why it was not just done. */
export function WhoAsks({ invocation, context }: WhoAsksProps) {
  const { sessionId, automationId, createdAt, riskLevel, mode, modeSource } = invocation;
  const session = context?.session;
  const opener = session?.createdBy ?? null;
  return (
    <div className="mt-1 text-sm text-muted">
      <p>
        Asked <Ago at={createdAt} /> by session{' '}
        <Link to="/sessions/$id" params={{ id: sessionId }} className="text-text underline">
          <Text value={session?.name ?? sessionId.slice(-6)} />
        </Link>
        {opener !== null && (
          <>
            , opened by <Text value={opener.name} />
          </>
        )}
        {automationId !== null && (
          <>
            , for automation{' '}
            <Link to="/automations/$id" params={{ id: automationId }} className="text-text underline">
              <Text value={context?.automation?.name ?? automationId.slice(-6)} />
            </Link>
          </>
        )}
        .
      </p>
      <p>
        Mode {modes[mode].word}, {modeReasonsOnPage[modeSource]}
        {modeSource === 'inferred_default' && ` (${risks[riskLevel].word})`}.
      </p>
    </div>
  );
}
