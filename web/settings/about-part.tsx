import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import type { StatusAnswer } from '../../src/contract/status.ts';
import { useMe } from '../api/me.ts';
import { statusQuery } from '../api/settings.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Section } from '../ui/page.tsx';
import { Row, Rows } from '../ui/rows.tsx';
import { ErrorNote, Loading } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';
import { counted } from '../ui/words.ts';

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

interface SourceHealthProps {
  readonly sources: StatusAnswer['connectors'];
  readonly isAsking: boolean;
  readonly ask: () => void;
}

/** Which sources answer now, and why the others do not. */
function SourceHealth({ sources, isAsking, ask }: SourceHealthProps) {
  return (
    <Section
      title="Sources"
      intro="Whether each one answers. Asking may take as long as the slowest."
      actions={
        <Button busy={isAsking} onClick={ask}>
          <RefreshCw aria-hidden className="size-4" /> Ask again
        </Button>
      }
    >
      {sources.length === 0 ? (
        <p className="text-sm text-muted">There are none yet.</p>
      ) : (
        <Rows label="Sources">
          {sources.map(({ name, ok, tools, error }, index) => (
            <Row
              // Names need not differ.
              key={index}
              title={<Text value={name} />}
              badges={<Badge tone={ok ? 'good' : 'bad'}>{ok ? 'Answers' : 'Fails'}</Badge>}
            >
              {ok ? counted(tools, 'action') : <Text value={error ?? 'No reason given.'} />}
            </Row>
          ))}
        </Rows>
      )}
    </Section>
  );
}
