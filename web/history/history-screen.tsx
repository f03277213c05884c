import { getRouteApi } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { Filters } from '../api/filters.ts';
import { exportPath } from '../api/history.ts';
import { buttonClass } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { useNow } from '../ui/time.tsx';
import { CountsChart } from './counts-chart.tsx';
import { FilterBar } from './filter-bar.tsx';
import { HistoryList } from './history-list.tsx';

const route = getRouteApi('/history');

/** Everything that was asked for, and what became of it. */
export function HistoryScreen() {
  const filters = route.useSearch();
  const identity = JSON.stringify(filters);
  return (
    <Page
      title="History"
      intro="Everything that agents have asked for, newest first, and what became of it."
      actions={<ExportLink filters={filters} />}
    >
      <FilterBar filters={filters} />
      <CountsChart filters={filters} />
      <HistoryList key={identity} filters={filters} />
    </Page>
  );
}

function ExportLink({ filters }: { readonly filters: Filters }) {
  const now = useNow(60_000);
  return (
    <a href={exportPath(filters, now)} download className={buttonClass()}>
      <Download aria-hidden className="size-4" /> Export as JSON Lines
    </a>
  );
}
