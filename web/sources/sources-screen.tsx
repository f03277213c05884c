import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Source } from '../../src/contract/sources.ts';
import { useMe } from '../api/me.ts';
import { connectorsQuery, sourcesQuery } from '../api/sources.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, ErrorNote, Loading } from '../ui/states.tsx';
import { ActionFilter } from './action-filter.tsx';
import { ConnectorDialog } from './connector-dialog.tsx';
import { DisabledConnectors } from './disabled-connectors.tsx';
import { ShownChoice } from './shown-choice.tsx';
import { SourceCard } from './source-card.tsx';
import { UnconnectedProviders } from './unconnected-providers.tsx';
import { useActionSearch } from './use-action-search.ts';

/** What agents can act on, and what happens when they do. */
export function SourcesScreen() {
  const { isAdmin } = useMe();
  const [isAdding, setAdding] = useState(false);
  const add = isAdmin ? (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" /> Add an MCP server
    </Button>
  ) : undefined;
  return (
    <Page
      title="Sources"
      intro={`What agents can act on, and what happens when they do.${isAdmin ? '' : ' An admin can change it.'}`}
      actions={add}
    >
      <SetUpSources />
      {isAdmin && <DisabledConnectors />}
      {isAdmin && <UnconnectedProviders />}
      {isAdmin && isAdding && <ConnectorDialog close={() => setAdding(false)} />}
    </Page>
  );
}

function SetUpSources() {
  const inAddress = useSearch({ from: '/sources' });
  const navigate = useNavigate({ from: '/sources' });
  const [search, change] = useActionSearch(inAddress, (next) => navigate({ search: next, replace: true }));
  const asked = useQuery(sourcesQuery);
  const isOn = useIsOn();
  if (asked.isPending) return <Loading label="Asking which sources there are" />;
  if (asked.data === undefined) return <ErrorNote error={asked.error} retry={() => void asked.refetch()} />;
  if (asked.data.length === 0) return <NothingSetUp />;
  return (
    <>
      <ActionFilter search={search} change={change}>
        <ShownChoice search={search} change={change} />
      </ActionFilter>
      {asked.data.filter(isOn).map((source) => (
        <SourceCard key={source.id} source={source} search={search} />
      ))}
    </>
  );
}

/** What was switched off a moment ago has its card among the disabled ones, though the list of sources is not read anew yet. */
function useIsOn(): (source: Source) => boolean {
  const { isAdmin } = useMe();
  const { data = [] } = useQuery({ ...connectorsQuery, enabled: isAdmin });
  return ({ id }) => data.every(({ sourceId, enabled }) => enabled || sourceId !== id);
}

function NothingSetUp() {
  const { isAdmin } = useMe();
  const hasConnectors = (useQuery({ ...connectorsQuery, enabled: isAdmin }).data?.length ?? 0) > 0;
  return (
    <div className="mb-6">
      <Empty icon={Plug} title={hasConnectors ? 'No source is switched on' : 'Nothing is set up yet'}>
        {isAdmin
          ? 'Connect a provider below, or add an MCP server. Its actions appear here, and agents find them in their catalog.'
          : 'Once an admin has connected a provider or added an MCP server, its actions appear here.'}
      </Empty>
    </div>
  );
}
