import { useQuery } from '@tanstack/react-query';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { transportText } from '../../src/shared/transport-text.ts';
import { connectorsQuery } from '../api/sources.ts';
import { Badge } from '../ui/badge.tsx';
import { Section } from '../ui/page.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { ConnectorControls } from './connector-controls.tsx';
import { PlaceLine } from './source-summary.tsx';

/** MCP servers that are switched off: no agent sees them, and nobody asks them for anything. For admins. */
export function DisabledConnectors() {
  const { data = [], error, refetch } = useQuery(connectorsQuery);
  return (
    <>
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      {data
        .filter(({ enabled }) => !enabled)
        .map((connector) => (
          <Section
            key={connector.id}
            title={visibleName(connector.name)}
            intro={
              <>
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  MCP server <Badge>Disabled</Badge>
                </span>
                <PlaceLine place={transportText(connector.transport, JSON.stringify)} />
              </>
            }
            actions={<ConnectorControls connector={connector} />}
          >
            <p className="text-sm text-muted">
              It is switched off. Its reviews and modes are kept for when it is enabled.
            </p>
          </Section>
        ))}
    </>
  );
}
