import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { duration } from '../../src/shared/relative-time.ts';
import { Facts } from '../ui/facts.tsx';
import { Text } from '../ui/text.tsx';

interface RecordFactsProps {
  readonly invocation: Invocation;
  readonly context: InvocationContext | undefined;
}

/** How long it took, where it was asked for, and its ids. */
export function RecordFacts({ invocation, context }: RecordFactsProps) {
  const { id, sourceId, actionId, sessionId, durationMs } = invocation;
  const took: readonly (readonly [string, ReactNode])[] =
    durationMs === null ? [] : [['Took', duration(durationMs)]];
  return (
    <Facts
      narrow
      facts={[
        ...took,
        [
          'Source',
          <>
            <Text value={context?.source?.displayName ?? sourceId} />
            {context?.source === null && <span className="text-muted"> (not there any more)</span>}
          </>,
        ],
        ['Source id', <Id value={sourceId} />],
        ['Action id', <Id value={actionId} />],
        [
          'Session',
          <Link to="/history" search={{ sessionId }} className="underline">
            All of this session
          </Link>,
        ],
        ['Session id', <Id value={sessionId} />],
        ['Request id', <Id value={id} />],
      ]}
    />
  );
}

function Id({ value }: { readonly value: string }) {
  return (
    <code className="break-all">
      <Text value={value} />
    </code>
  );
}
