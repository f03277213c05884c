import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { contextQuery, invocationQuery, pendingQuery } from '../api/invocations.ts';
import { useMe } from '../api/me.ts';
import { ErrorNote, Loading, Note } from '../ui/states.tsx';
import { RiskBadge, StatusBadge } from '../ui/status-badges.tsx';
import { Text } from '../ui/text.tsx';
import { TimeLeft } from '../ui/time.tsx';
import { ActionDefinition } from './action-definition.tsx';
import { Decision } from './decision.tsx';
import { Outcome } from './outcome.tsx';
import { WhatWouldRun } from './what-would-run.tsx';
import { WhoAsks } from './who-asks.tsx';

interface RequestDetailProps {
  readonly id: string;
  readonly next: (by: 1 | -1) => void;
  readonly keep: () => void;
}

/** One request: who asks, what exactly would run, and the decision; once it is decided, what came of it. */
export function RequestDetail({ id, next, keep }: RequestDetailProps) {
  const { isAdmin } = useMe();
  const request = useQuery({ ...invocationQuery(id), ...useListed(id) });
  const context = useQuery({
    ...contextQuery({ id, status: request.data?.status ?? 'pending' }),
    enabled: request.data !== undefined,
  });
  if (request.isPending) return <Loading lines={4} label="Asking what it is" />;
  if (request.data === undefined)
    return (
      <>
        <BackToList />
        <ErrorNote error={request.error} retry={() => void request.refetch()} />
      </>
    );
  const invocation = request.data;
  const waits = invocation.status === 'pending';
  return (
    <article aria-labelledby="request" className="rounded-xl border border-line bg-card">
      <header className="border-b border-line px-4 py-4 md:px-6">
        <BackToList />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h2 id="request" className="min-w-0 text-lg font-semibold break-words">
            <span className="text-muted">
              <Text value={context.data?.source?.displayName ?? invocation.sourceId} />{' '}
            </span>
            <Text value={invocation.actionId} />
          </h2>
          <div className="flex items-center gap-2 text-sm">
            <RiskBadge risk={invocation.riskLevel} />
            <StatusBadge status={invocation.status} />
            {waits && invocation.expiresAt !== null && <TimeLeft until={invocation.expiresAt} />}
          </div>
        </div>
        <WhoAsks invocation={invocation} context={context.data} />
      </header>
      <div className="flex flex-col gap-6 px-4 py-5 md:px-6">
        <WhatWouldRun invocation={invocation} />
        {waits && <ActionDefinition id={id} />}
        {!waits && <Outcome invocation={invocation} decidedBy={context.data?.decidedBy ?? null} />}
      </div>
      {isAdmin ? (
        <Decision
          invocation={invocation}
          automation={context.data?.automation ?? null}
          next={next}
          keep={keep}
        />
      ) : (
        <div className="border-t border-line px-4 py-4 md:px-6">
          <Note tone="info">
            Deciding takes the role owner or admin. You can see what is asked, and what becomes of it.
          </Note>
        </div>
      )}
    </article>
  );
}

/** What the list holds already need not be waited for. */
function useListed(id: string) {
  const client = useQueryClient();
  return {
    initialData: () => client.getQueryData(pendingQuery.queryKey)?.find((request) => request.id === id),
    initialDataUpdatedAt: () => client.getQueryState(pendingQuery.queryKey)?.dataUpdatedAt,
  };
}

function BackToList() {
  return (
    <Link
      to="/inbox"
      className="mb-3 inline-flex min-h-9 items-center gap-2 text-sm text-muted hover:text-text lg:hidden"
    >
      <ArrowLeft aria-hidden className="size-4" /> All that waits
    </Link>
  );
}
