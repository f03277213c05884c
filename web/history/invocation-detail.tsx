import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { modeReasonsOnPage } from '../../src/shared/reasons.ts';
import { actsQuery, contextQuery } from '../api/invocations.ts';
import { useMe } from '../api/me.ts';
import { buttonClass } from '../ui/button.tsx';
import { Page, Section } from '../ui/page.tsx';
import { ModeBadge, RiskBadge, StatusBadge } from '../ui/status-badges.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { CopyCommands } from './copy-commands.tsx';
import { OutcomeNote } from './outcome-note.tsx';
import { RecordFacts } from './record-facts.tsx';
import { RecordedValue } from './recorded-value.tsx';
import { Timeline } from './timeline-list.tsx';

/** The gateway keeps it for the session that asked alone. */
const wholeResult = 'For 24 hours the agent can have all of it, with assent actions result.';

/** What was asked for, why it was allowed or not, and what came of it. */
export function InvocationDetail({ invocation }: { readonly invocation: Invocation }) {
  const { id, sourceId, actionId, status, params, result } = invocation;
  const { data: context } = useQuery(contextQuery(invocation));
  const { isAdmin } = useMe();
  const { data: acts } = useQuery({ ...actsQuery(id), enabled: isAdmin });
  const [isRaw, setRaw] = useState(false);
  useKeys({ r: () => setRaw(!isRaw) });
  const view = { isRaw, toggle: () => setRaw(!isRaw) };
  return (
    <Page
      title={visibleName(`${context?.source?.displayName ?? sourceId}:${actionId}`)}
      intro={<Verdict invocation={invocation} />}
      actions={
        <div className="flex flex-wrap gap-2 [&>button]:min-h-10">
          {status === 'pending' && isAdmin && (
            <Link to="/inbox/$id" params={{ id }} className={buttonClass('primary')}>
              Decide in the inbox
            </Link>
          )}
          <CopyCommands invocation={invocation} />
        </div>
      }
    >
      <OutcomeNote invocation={invocation} />
      <div className="grid items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_21rem] lg:grid-rows-[auto_1fr]">
        <div className="min-w-0 lg:col-start-2">
          <Section title="What happened">
            <Timeline invocation={invocation} context={context} acts={acts} />
          </Section>
        </div>
        <div className="min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <RecordedValue title="Params" value={params} view={view} />
          {(status === 'completed' || result !== null) && (
            <RecordedValue title="Result" value={result} view={view} whole={wholeResult} />
          )}
        </div>
        <div className="min-w-0 lg:col-start-2">
          <Section title="On record">
            <RecordFacts invocation={invocation} context={context} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

/** Where it stands, how dangerous it is, and what its mode was. */
function Verdict({ invocation }: { readonly invocation: Invocation }) {
  const { status, riskLevel, mode, modeSource } = invocation;
  return (
    <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
      <span>
        Status <StatusBadge status={status} />
      </span>
      <span>
        Risk <RiskBadge risk={riskLevel} />
      </span>
      <span>
        Mode <ModeBadge mode={mode} /> {modeReasonsOnPage[modeSource]}
      </span>
    </span>
  );
}
