import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CountsAnswer } from '../../src/contract/history.ts';
import { type Filters, periods } from '../api/filters.ts';
import { countsQuery } from '../api/history.ts';
import { ErrorNote } from '../ui/states.tsx';
import { Exactly } from '../ui/time.tsx';
import { counted } from '../ui/words.ts';
import { inWords, sumOf, totalOf } from './chart.ts';
import { ChartBars } from './chart-bars.tsx';
import { ChartLegend } from './chart-legend.tsx';
import { intervalText } from './interval-text.ts';
import { useOnChanges } from './use-on-changes.ts';

/** Counting is more work than a page of rows. */
const refreshMs = 5000;
const stepMs = 60_000;

/** How many there were of each status over the time that is looked at. */
export function CountsChart({ filters }: { readonly filters: Filters }) {
  const movesOn = filters.to === undefined;
  const counts = useQuery({ ...countsQuery(filters), refetchInterval: movesOn && stepMs });
  useOnChanges(() => void (movesOn && counts.refetch()), refreshMs);
  return (
    <section aria-label="Requests over time" className="mb-5 rounded-xl border border-line bg-card px-4 py-3">
      {counts.data !== undefined ? (
        <Chart counts={counts.data} filters={filters} />
      ) : counts.error !== null ? (
        <ErrorNote error={counts.error} retry={() => void counts.refetch()} />
      ) : (
        <div role="status" className="h-35 animate-pulse">
          <span className="sr-only">Counting</span>
        </div>
      )}
    </section>
  );
}

interface ChartProps {
  readonly counts: CountsAnswer;
  readonly filters: Filters;
}

function Chart({ counts, filters }: ChartProps) {
  const [shown, setShown] = useState<number>();
  const total = sumOf(counts.buckets);
  const time = timeOf(counts, filters);
  const bucket = shown === undefined ? undefined : counts.buckets[shown];
  return (
    <>
      <p className="mb-2 flex justify-between gap-x-4 text-sm max-md:flex-col">
        <span className="font-medium">{time}</span>
        <span className="text-muted tabular-nums">
          {bucket === undefined
            ? counted(totalOf(total), 'request')
            : `${intervalText(bucket.at, counts)}: ${inWords(bucket.counts)}`}
        </span>
      </p>
      <ChartBars counts={counts} summary={`${time}: ${inWords(total)}`} shown={shown} show={setShown} />
      <p className="mt-1 flex justify-between gap-4 text-xs text-muted tabular-nums">
        <Exactly at={counts.from} />
        {filters.to === undefined ? <span>now</span> : <Exactly at={counts.to} />}
      </p>
      <ChartLegend total={total} />
      <Remarks counts={counts} filters={filters} />
    </>
  );
}

/** What is shown: in words where the filters have words for it. */
function timeOf({ from, to }: CountsAnswer, filters: Filters): string {
  if (filters.last !== undefined) return periods[filters.last].name;
  if (filters.from === undefined && filters.to === undefined) return 'Last 24 hours';
  return intervalText(from, { to, bucketMs: Date.parse(to) - Date.parse(from) });
}

function Remarks({ counts: { countedFrom }, filters }: ChartProps) {
  if (countedFrom === null && filters.text === undefined) return null;
  return (
    <p className="mt-1 text-xs text-muted">
      {countedFrom !== null && (
        <>
          There are too many to count all: these are the newest, back to <Exactly at={countedFrom} />.{' '}
        </>
      )}
      {filters.text !== undefined && 'Counted by the other filters; the text is not looked for here.'}
    </p>
  );
}
