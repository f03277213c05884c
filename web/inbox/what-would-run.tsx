import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { actionQuery } from '../api/invocations.ts';
import { Button } from '../ui/button.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { descriptionsOf } from './param-descriptions.ts';
import { ParamsView } from './params-view.tsx';

/** The params, to be read; or as they are, one key away. */
export function WhatWouldRun({ invocation }: { readonly invocation: Invocation }) {
  const [isRaw, setRaw] = useState(false);
  useKeys({ r: () => setRaw(!isRaw) });
  const waits = invocation.status === 'pending';
  const { data } = useQuery({ ...actionQuery(invocation.id), enabled: waits });
  return (
    <section aria-labelledby="params">
      <div className="mb-2 flex items-center justify-between gap-3">
        <h3 id="params" className="text-sm font-semibold">
          {waits ? 'What would run' : 'What was asked'}
        </h3>
        <Button size="small" look="quiet" aria-pressed={isRaw} title="r" onClick={() => setRaw(!isRaw)}>
          Raw JSON
        </Button>
      </div>
      <ParamsView
        key={invocation.id}
        invocation={invocation}
        isRaw={isRaw}
        about={descriptionsOf(data?.action?.params)}
      />
    </section>
  );
}
