import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Source } from '../../src/contract/sources.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { sourcesQuery } from '../api/sources.ts';
import { ActionFilter } from '../sources/action-filter.tsx';
import type { ActionSearch } from '../sources/action-search.ts';
import { SourceActions } from '../sources/source-actions.tsx';
import { SourceSummary } from '../sources/source-summary.tsx';
import { useActionSearch } from '../sources/use-action-search.ts';
import { Section } from '../ui/page.tsx';
import { ErrorNote, Loading } from '../ui/states.tsx';

/** Every action of every source, with what is set for this automation. */
export function AutomationModes({ automationId }: { readonly automationId: string }) {
  const asked = useQuery(sourcesQuery);
  if (asked.isPending) return <Loading label="Asking which sources there are" />;
  if (asked.data === undefined) return <ErrorNote error={asked.error} retry={() => void asked.refetch()} />;
  if (asked.data.length === 0)
    return (
      <Section title="Modes">
        <p className="text-sm text-muted">
          There is nothing to set yet: no source is set up.{' '}
          <Link to="/sources" className="text-text underline underline-offset-2">
            Show sources
          </Link>
        </p>
      </Section>
    );
  return <Modes automationId={automationId} sources={asked.data} />;
}

interface ModesProps {
  readonly automationId: string;
  readonly sources: readonly Source[];
}

function Modes({ automationId, sources }: ModesProps) {
  const inAddress = useSearch({ from: '/automations/$id' });
  const navigate = useNavigate({ from: '/automations/$id' });
  const [search, change] = useActionSearch(inAddress, (next) => navigate({ search: next, replace: true }));
  return (
    <>
      <ActionFilter search={search} change={change}>
        <OverriddenOnly search={search} change={change} />
      </ActionFilter>
      {sources.map((source) => (
        <Section
          key={source.id}
          title={visibleName(source.displayName)}
          intro={<SourceSummary source={source} automationId={automationId} />}
        >
          <SourceActions source={source} automationId={automationId} search={search} />
        </Section>
      ))}
    </>
  );
}

interface OverriddenOnlyProps {
  readonly search: ActionSearch;
  readonly change: (search: ActionSearch) => void;
}

function OverriddenOnly({ search, change }: OverriddenOnlyProps) {
  const { show, ...others } = search;
  return (
    <label className="flex min-h-10 shrink-0 items-center gap-2">
      <input
        type="checkbox"
        className="size-4 accent-accent"
        checked={show === 'set'}
        onChange={({ target }) => change(target.checked ? { ...others, show: 'set' } : others)}
      />
      Only what is overridden
    </label>
  );
}
