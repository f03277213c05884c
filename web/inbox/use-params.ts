import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { Piece } from '../../src/shared/shown-json.ts';
import { actsQuery, reveal, waitingParamsQuery } from '../api/invocations.ts';
import { useMe } from '../api/me.ts';
import { sizeBeforeCut } from '../ui/recorded.ts';

export interface ShownParams {
  /** JSON, with what is hidden in its place; `undefined` while it is asked for. */
  readonly json: readonly Piece[] | undefined;
  /** Whether it is the record's copy, in which a mark stands for what is hidden. */
  readonly isRecorded: boolean;
  /** Bytes that the params have, where less of them is shown; a decision would be about more than can be read. */
  readonly missingOf: number | undefined;
  readonly error: Error | null;
}

/** The params to be shown: exactly what would run, where somebody is to decide; otherwise those on record. */
export function useParams({ id, status, params }: Invocation): ShownParams {
  const { isAdmin } = useMe();
  const decides = isAdmin && status === 'pending';
  const whole = useQuery({ ...waitingParamsQuery(id), enabled: decides });
  const recorded = useMemo(() => [JSON.stringify(params) ?? 'null'], [params]);
  if (whole.data !== undefined)
    return { json: whole.data, isRecorded: false, missingOf: undefined, error: null };
  const isAsked = decides && whole.error === null;
  return {
    json: isAsked ? undefined : recorded,
    isRecorded: true,
    missingOf: isAsked ? undefined : sizeBeforeCut(params),
    error: decides ? whole.error : null,
  };
}

/** Shows what is hidden, which is put on record. It is kept nowhere: whoever comes back asks again. */
export function useReveal(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => reveal(id),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: actsQuery(id).queryKey }),
  });
}
