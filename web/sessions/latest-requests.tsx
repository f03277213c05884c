import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sessionInvocationsQuery } from '../api/sessions.ts';
import { buttonClass } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { ErrorNote, Loading } from '../ui/states.tsx';
import { RiskBadge, StatusBadge } from '../ui/status-badges.tsx';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';

/** What the session has asked for last; the history has all of it. */
export function LatestRequests({ sessionId }: { readonly sessionId: string }) {
  const { data, error, refetch } = useQuery(sessionInvocationsQuery(sessionId));
  return (
    <Section
      title="Latest requests"
      actions={
        <Link to="/history" search={{ sessionId }} className={buttonClass('secondary')}>
          All in the history
        </Link>
      }
    >
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Loading />}
      {data?.invocations.length === 0 && (
        <p className="text-sm text-muted">The agent has asked for nothing yet.</p>
      )}
      {data !== undefined && data.invocations.length > 0 && (
        <ul aria-label="Latest requests" className="-my-2 divide-y divide-line">
          {data.invocations.map(({ id, actionId, status, riskLevel, createdAt }) => (
            <li
              key={id}
              className="flex flex-wrap items-center gap-x-3 py-1 sm:grid sm:grid-cols-[minmax(0,1fr)_4.5rem_6rem_7rem]"
            >
              <Link
                to="/history/$id"
                params={{ id }}
                className="min-w-0 basis-full py-2 [overflow-wrap:anywhere] underline-offset-2 hover:underline"
              >
                <Text value={actionId} />
              </Link>
              <span>
                <RiskBadge risk={riskLevel} />
              </span>
              <span>
                <StatusBadge status={status} />
              </span>
              <span className="text-sm text-muted sm:text-right">
                <Ago at={createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
