import { useQuery } from '@tanstack/react-query';
import type { Invocation } from '../../src/contract/invocation.ts';
import { waitingParamsQuery } from '../api/invocations.ts';
import { useMe } from '../api/me.ts';
import { sizeBeforeCut } from '../ui/recorded.ts';

export interface ShownParams {
  readonly value: unknown;
  /** Bytes that the params have, where less of them is shown; a decision would be about more than can be read. */
  readonly missingOf: number | undefined;
  readonly error: Error | null;
}

/** The params to be shown: those on record, or, where those were shortened and somebody is to decide, all of them. */
export function useParams({ id, status, params }: Invocation): ShownParams {
  const { isAdmin } = useMe();
  const size = sizeBeforeCut(params);
  const wantsWhole = size !== undefined && isAdmin && status === 'pending';
  const whole = useQuery({ ...waitingParamsQuery(id), enabled: wantsWhole });
  if (whole.data !== undefined) return { value: whole.data, missingOf: undefined, error: null };
  return { value: params, missingOf: size, error: wantsWhole ? whole.error : null };
}
