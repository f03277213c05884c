import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { visibleName } from '../../src/shared/look-alikes.ts';
import type { Filters } from '../api/filters.ts';
import { sessionsQuery } from '../api/sessions.ts';
import { sourcesQuery } from '../api/sources.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { SelectField } from '../ui/field.tsx';
import { sessionName, statuses } from '../ui/words.ts';
import { changed, type FilterProps, isNarrowed, readFilters } from './filters.ts';
import { TextSearch } from './text-search.tsx';
import { TimeFilter } from './time-filter.tsx';

/** Narrows the history. All that is chosen stands in the address. */
export function FilterBar({ filters }: { readonly filters: Filters }) {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const go = (search: Filters) => void navigate({ to: '/history', search, resetScroll: false });
  const change: FilterProps['change'] = (next) => go(changed(filters, next));
  const count = Object.keys(changed(filters, { text: undefined })).length;
  return (
    <section aria-label="Filters" className="mb-5 flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <TextSearch text={filters.text ?? ''} search={(text) => change({ text })} />
        <Button className="md:hidden" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <SlidersHorizontal aria-hidden className="size-4" /> Filters{count > 0 && ` (${count})`}
        </Button>
        {isNarrowed(filters) && (
          <Button look="quiet" onClick={() => go({})}>
            Clear filters
          </Button>
        )}
      </div>
      <div className={classNames('grid-cols-2 gap-3 md:grid md:grid-cols-4', isOpen ? 'grid' : 'hidden')}>
        <StatusFilter filters={filters} change={change} />
        <SourceFilter filters={filters} change={change} />
        <SessionFilter filters={filters} change={change} />
        <TimeFilter filters={filters} change={change} />
      </div>
    </section>
  );
}

function StatusFilter({ filters, change }: FilterProps) {
  return (
    <SelectField
      label="Status"
      value={filters.status ?? ''}
      onChange={(event) => change({ status: readFilters({ status: event.target.value }).status })}
    >
      <option value="">All</option>
      {Object.entries(statuses).map(([status, { word }]) => (
        <option key={status} value={status}>
          {word}
        </option>
      ))}
    </SelectField>
  );
}

function SourceFilter({ filters: { sourceId }, change }: FilterProps) {
  const { data: sources = [] } = useQuery(sourcesQuery);
  const isKnown = sourceId === undefined || sources.some(({ id }) => id === sourceId);
  return (
    <SelectField
      label="Source"
      value={sourceId ?? ''}
      onChange={(event) => change({ sourceId: event.target.value || undefined })}
    >
      <option value="">All</option>
      {!isKnown && <option value={sourceId}>{visibleName(sourceId)}</option>}
      {sources.map(({ id, displayName }) => (
        <option key={id} value={id}>
          {visibleName(displayName)}
        </option>
      ))}
    </SelectField>
  );
}

function SessionFilter({ filters: { sessionId }, change }: FilterProps) {
  const { data: sessions = [] } = useQuery(sessionsQuery);
  const isKnown = sessionId === undefined || sessions.some(({ id }) => id === sessionId);
  return (
    <SelectField
      label="Session"
      value={sessionId ?? ''}
      onChange={(event) => change({ sessionId: event.target.value || undefined })}
    >
      <option value="">All</option>
      {!isKnown && <option value={sessionId}>{sessionName(sessionId, undefined)}</option>}
      {sessions.map(({ id, name }) => (
        <option key={id} value={id}>
          {name === null ? sessionName(id, name) : `${visibleName(name)} (${id.slice(-6)})`}
        </option>
      ))}
    </SelectField>
  );
}
