import { RefreshCw } from 'lucide-react';
import type { StatusAnswer } from '../../../src/contract/status.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/counted.ts';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';

interface SourceHealthProps {
  readonly sources: StatusAnswer['connectors'];
  readonly isAsking: boolean;
  readonly ask: () => void;
}

/** Which sources answer now, and why the others do not. */
export function SourceHealth({ sources, isAsking, ask }: SourceHealthProps) {
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
