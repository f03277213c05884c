import { useQuery } from '@tanstack/react-query';
import type { StatusAnswer } from '../../../src/contract/status.ts';
import { useMe } from '../../api/me.ts';
import { statusQuery } from '../../api/status.ts';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/page.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { Text } from '../../ui/text.tsx';
import { SourceHealth } from './source-health.tsx';

/** What this gateway is, and how it does. */
export function AboutPart() {
  const { isAdmin } = useMe();
  const { data, error, isFetching, refetch } = useQuery(statusQuery);
  const again = () => void refetch();
  return (
    <>
      <Section title="This gateway">
        {error !== null && <ErrorNote error={error} retry={again} />}
        {error === null && data === undefined && (
          <Loading label={isAdmin ? 'Asking every source' : 'Loading'} />
        )}
        {data !== undefined && <GatewayFacts status={data} />}
      </Section>
      {isAdmin && data !== undefined && (
        <SourceHealth sources={data.connectors} isAsking={isFetching} ask={again} />
      )}
    </>
  );
}

const databases: Readonly<Record<StatusAnswer['database'], string>> = {
  sqlite: 'SQLite, embedded',
  postgres: 'PostgreSQL',
};

function GatewayFacts({ status }: { readonly status: StatusAnswer }) {
  return (
    <Facts
      facts={[
        ['Organization', <Text value={status.organization.name} />],
        ['Address', <code>{window.location.origin}</code>],
        ['Version', status.version],
        ['Database', databases[status.database]],
        ['Waiting', status.pending === 0 ? 'no approvals' : String(status.pending)],
      ]}
    />
  );
}
