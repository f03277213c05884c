import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { afterModeWrite, writeMode } from '../api/modes.ts';

export interface Allowing {
  readonly hasBegun: boolean;
  /** The automation it is for; the organization where there is none. */
  readonly automationId: string | undefined;
  readonly writing: {
    readonly status: 'idle' | 'pending' | 'success' | 'error';
    readonly error: Error | null;
    readonly again: () => void;
  };
  readonly start: (automationId: string | undefined) => void;
}

/**
 * Approves this request, and then writes the mode: two steps that are seen one after the other, because the second is a
 * decision about all that is to come (seed 002, section 1). Where the first is refused, the second is not taken.
 */
export function useAlwaysAllow(
  { sourceId, actionId }: Invocation,
  approve: () => Promise<unknown>,
): Allowing {
  const client = useQueryClient();
  const [place, setPlace] = useState<{ readonly automationId: string | undefined }>();
  const writing = useMutation({
    mutationFn: (automationId: string | undefined) =>
      writeMode({ sourceId, actionId, automationId }, 'allow'),
    onSuccess: () => afterModeWrite(client),
  });
  const start = async (automationId: string | undefined) => {
    setPlace({ automationId });
    await approve();
    await writing.mutateAsync(automationId);
  };
  return {
    hasBegun: place !== undefined,
    automationId: place?.automationId,
    writing: {
      status: writing.status,
      error: writing.error,
      again: () => writing.mutate(place?.automationId),
    },
    // Each step shows its own error.
    start: (automationId) => void start(automationId).catch(() => undefined),
  };
}
