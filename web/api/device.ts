import { queryOptions } from '@tanstack/react-query';
import type { WaitingLoginAnswer } from '../../src/contract/login.ts';
import { ask } from './fetch.ts';

/** Who waits under a command line's code. Throws `ApiError` `expired` where nobody does. */
export const waitingLoginQuery = (userCode: string) =>
  queryOptions({
    queryKey: ['device', userCode],
    queryFn: ({ signal }) => ask<WaitingLoginAnswer>('GET', pathOf(userCode), undefined, signal),
    // It is decided once, and what is shown is what is decided on.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export type DeviceDecision = 'approve' | 'deny';

/** Lets the command line of a code in, or refuses it. Throws `ApiError` `expired` where that was decided already. */
export async function decideDeviceLogin(userCode: string, decision: DeviceDecision): Promise<void> {
  await ask('POST', `${pathOf(userCode)}/decision`, { decision });
}

function pathOf(userCode: string): string {
  return `/v1/device/${encodeURIComponent(userCode)}`;
}
