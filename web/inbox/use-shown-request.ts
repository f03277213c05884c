import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { useWide } from '../ui/use-wide.ts';
import { neighbour } from './neighbour.ts';

export interface ShownRequest {
  readonly id: string | undefined;
  /** Whether somebody opened it: on a narrow screen the list then makes room for it. */
  readonly isOpened: boolean;
  readonly move: (by: 1 | -1) => void;
  /** Stays with the one that is shown, whatever becomes of it. */
  readonly keep: () => void;
}

/**
 * Which request is shown: the one in the address, or the first that waited when the screen opened. It changes by nobody's hand
 * but the reader's: were the next one to take its place by itself, a key pressed for the one would decide the other.
 */
export function useShownRequest(requests: readonly Invocation[]): ShownRequest {
  const { id: openedId } = useParams({ strict: false });
  const navigate = useNavigate();
  const isWide = useWide();
  const [firstId, setFirstId] = useState<string>();
  const first = requests[0]?.id;
  // Whoever comes back to the list without naming one begins at its top again.
  const wanted = openedId === undefined ? (firstId ?? first) : undefined;
  if (wanted !== firstId) setFirstId(wanted);
  const id = openedId ?? wanted;
  const open = (to: string) => void navigate({ to: '/inbox/$id', params: { id: to }, replace: true });
  return {
    id,
    isOpened: openedId !== undefined,
    move: (by) => {
      // In a list that stands alone none is shown yet.
      const next = neighbour(requests, isWide || openedId !== undefined ? id : undefined, by);
      if (next !== undefined) open(next);
    },
    keep: () => id !== undefined && open(id),
  };
}
