import { useId } from 'react';
import { numberText, statuses } from '../ui/words.ts';
import { type Counts, presentIn } from './chart.ts';
import { fillOf, StatusPatterns } from './status-fills.tsx';

/** Which filling is which status, and how many there were. */
export function ChartLegend({ total }: { readonly total: Counts }) {
  const id = useId();
  const shown = presentIn(total);
  if (shown.length === 0)
    return <p className="mt-1 text-sm text-muted">Nothing was asked for in this time.</p>;
  return (
    <ul aria-label="Counts by status" className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {shown.map((status) => (
        <li key={status} className="flex items-center gap-1.5">
          <svg aria-hidden width="12" height="12" className="shrink-0">
            <StatusPatterns id={`${id}-${status}`} of={[status]} />
            <rect width="12" height="12" rx="2" {...fillOf(status, `${id}-${status}`)} />
          </svg>
          {statuses[status].word}
          <span className="text-muted tabular-nums">{numberText(total[status] ?? 0)}</span>
        </li>
      ))}
    </ul>
  );
}
