import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Source } from '../../src/contract/sources.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { transportText } from '../../src/shared/transport-text.ts';
import { useMe } from '../api/me.ts';
import { connectorsQuery, integrationsQuery } from '../api/sources.ts';
import { Section } from '../ui/page.tsx';
import type { ActionSearch } from './action-search.ts';
import { ConnectorControls } from './connector-controls.tsx';
import { ProviderControls } from './provider-controls.tsx';
import { SourceActions } from './source-actions.tsx';
import { SourceSummary } from './source-summary.tsx';

interface SourceCardProps {
  readonly source: Source;
  readonly search: ActionSearch;
}

/** One source with all that it offers, and what an admin can do with it. */
export function SourceCard({ source, search }: SourceCardProps) {
  const { place, controls } = useSetUp(source);
  return (
    <Section
      title={visibleName(source.displayName)}
      intro={<SourceSummary source={source} place={place} />}
      actions={controls}
    >
      <SourceActions source={source} search={search} />
    </Section>
  );
}

interface SetUp {
  readonly place?: string;
  readonly controls?: ReactNode;
}

/** How an admin has set it up; nothing for members, and for kinds that this page does not set up. */
function useSetUp(source: Source): SetUp {
  const { isAdmin } = useMe();
  const connectors = useQuery({ ...connectorsQuery, enabled: isAdmin });
  const integrations = useQuery({ ...integrationsQuery, enabled: isAdmin });
  const connector = connectors.data?.find(({ sourceId }) => sourceId === source.id);
  if (connector !== undefined)
    return {
      place: transportText(connector.transport, JSON.stringify),
      controls: <ConnectorControls connector={connector} />,
    };
  if (source.setUpBy?.type !== 'integration') return {};
  const integration = integrations.data?.integrations.find(({ provider }) => provider === source.id);
  const provider = integrations.data?.providers.find(({ id }) => id === source.id);
  if (integration === undefined || provider === undefined) return {};
  return {
    place: integration.baseUrl ?? provider.baseUrl,
    controls: <ProviderControls provider={provider} baseUrl={integration.baseUrl} />,
  };
}
