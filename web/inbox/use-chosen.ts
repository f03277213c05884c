import { useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';

export interface Chosen {
  /** Those chosen that still wait. */
  readonly requests: readonly Invocation[];
  readonly has: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  readonly choose: (ids: readonly string[]) => void;
}

/** Which requests are to be decided together. One that is decided elsewhere meanwhile is chosen no longer. */
export function useChosen(requests: readonly Invocation[]): Chosen {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return {
    requests: requests.filter(({ id }) => ids.has(id)),
    has: (id) => ids.has(id),
    toggle: (id) => setIds((before) => before.symmetricDifference(new Set([id]))),
    choose: (chosen) => setIds(new Set(chosen)),
  };
}
