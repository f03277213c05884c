import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { InvocationContext } from '../../src/contract/invocation-context.ts';
import { Text } from '../ui/text.tsx';
import { duration } from '../ui/when.ts';

interface FactsProps {
  readonly invocation: Invocation;
  readonly context: InvocationContext | undefined;
}

/** How long it took, where it was asked for, and its ids. */
export function Facts({ invocation, context }: FactsProps) {
  const { id, sourceId, actionId, sessionId, durationMs } = invocation;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2 text-sm">
      {durationMs !== null && <Fact name="Took">{duration(durationMs)}</Fact>}
      <Fact name="Source">
        <Text value={context?.source?.displayName ?? sourceId} />
        {context?.source === null && <span className="text-muted"> (not there any more)</span>}
      </Fact>
      <Fact name="Source id">
        <Id value={sourceId} />
      </Fact>
      <Fact name="Action id">
        <Id value={actionId} />
      </Fact>
      <Fact name="Session">
        <Link to="/history" search={{ sessionId }} className="underline">
          All of this session
        </Link>
      </Fact>
      <Fact name="Session id">
        <Id value={sessionId} />
      </Fact>
      <Fact name="Request id">
        <Id value={id} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Id({ value }: { readonly value: string }) {
  return (
    <code className="break-all">
      <Text value={value} />
    </code>
  );
}
