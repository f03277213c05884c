import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { duration } from '../../src/shared/relative-time.ts';
import { RiskBadge, StatusBadge } from '../ui/status-badges.tsx';
import { Text } from '../ui/text.tsx';
import { RowTime } from './row-time.tsx';
import { whyNot } from './why.ts';

/** Of every row, and of their heading. */
export const columns =
  'lg:grid-cols-[11.5rem_minmax(0,1fr)_minmax(6rem,10rem)_5.5rem_4.5rem_4rem] lg:gap-x-4';

interface HistoryRowProps {
  readonly invocation: Invocation;
  readonly sourceName: string;
  readonly sessionName: string;
}

/** One invocation: in columns, or on a phone in lines. All of it leads to its page. */
export const HistoryRow = memo(function HistoryRow({ invocation, sourceName, sessionName }: HistoryRowProps) {
  const { id, actionId, createdAt, status, riskLevel, durationMs } = invocation;
  return (
    <li
      className={`relative grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-sunken has-focus-visible:bg-sunken ${columns}`}
    >
      <div className="min-w-0 lg:order-2">
        <Link
          to="/history/$id"
          params={{ id }}
          data-row
          className="block scroll-my-20 font-medium break-words after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <span className="inline-block max-w-full align-bottom font-normal text-muted">
            <Text value={sourceName} />:
          </span>
          <Text value={actionId} />
        </Link>
        <Why invocation={invocation} />
      </div>
      <span className="lg:order-4">
        <StatusBadge status={status} />
      </span>
      <div className="col-span-2 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm text-muted lg:contents">
        <span className="tabular-nums lg:order-1">
          <RowTime at={createdAt} />
        </span>
        <span className="max-w-full min-w-0 truncate lg:order-3">
          <Text value={sessionName} />
        </span>
        <span className="lg:order-5">
          <RiskBadge risk={riskLevel} />
        </span>
        <span className="whitespace-nowrap tabular-nums lg:order-6 lg:text-right">
          {durationMs !== null && duration(durationMs)}
        </span>
      </div>
    </li>
  );
});

const mostOfWhy = 200;

/** The beginning of why it did not come to be done. */
function Why({ invocation }: { readonly invocation: Invocation }) {
  const why = whyNot(invocation);
  if (why === null || why === '') return null;
  return (
    <p className="truncate text-sm text-muted">
      <Text value={why.slice(0, mostOfWhy)} />
    </p>
  );
}
