import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { Filters } from '../api/filters.ts';
import { exportHistory } from '../api/history.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { saveFile } from '../ui/save-file.ts';
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
      actions={<ExportButton filters={filters} />}
    >
      <FilterBar filters={filters} />
      <CountsChart filters={filters} />
      <HistoryList key={identity} filters={filters} />
    </Page>
  );
}

/** The cookie alone opens nothing, so that no link leads to the file: it is asked for as everything is, and then saved. */
function ExportButton({ filters }: { readonly filters: Filters }) {
  const exporting = useMutation({
    mutationFn: () => exportHistory(filters),
    onSuccess: saveFile,
    onError: ({ message }) => announce(message, 'bad'),
    gcTime: 0,
  });
  return (
    <Button busy={exporting.isPending} onClick={() => exporting.mutate()}>
      <Download aria-hidden className="size-4" />
      {exporting.isPending ? 'Exporting…' : 'Export as JSON Lines'}
    </Button>
  );
}
