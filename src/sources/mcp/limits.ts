import type { ConnectorLimits } from '../../contract/connectors.ts';

/** How long the operations of a connector may take, in ms. */
export interface OperationLimits {
  /** For the start and the handshake; `undefined` where the rest has no time of its own. */
  readonly startMs: number | undefined;
  readonly listMs: number;
  /** Without a word from the server. */
  readonly callMs: number;
  /** Of a call that goes on reporting progress. */
  readonly longestCallMs: number;
}

/** How much longer than its time without progress a call may take that reports progress, unless its connector says. */
const patienceWithProgress = 2;
/** What the end of an operation may take beside, in ms: the goodbye, the second signal. */
const endMs = 5000;

export function operationLimits(
  { startMs, listMs, callMs, longestCallMs }: ConnectorLimits,
  usual: { readonly listMs: number; readonly callMs: number },
): OperationLimits {
  const call = callMs ?? usual.callMs;
  return {
    startMs,
    listMs: listMs ?? usual.listMs,
    callMs: call,
    longestCallMs: Math.max(call, longestCallMs ?? call * patienceWithProgress),
  };
}

/** The longest that any operation takes, its wait for a turn (`waitMs`) included. */
export function longestOf({ startMs = 0, listMs, longestCallMs }: OperationLimits, waitMs: number): number {
  return waitMs + startMs + Math.max(listMs, longestCallMs) + endMs;
}
