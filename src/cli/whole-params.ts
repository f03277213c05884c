import type { Invocation } from '../contract/invocation.ts';
import type { WaitingParams } from '../contract/invocation-context.ts';
import { isJsonObject } from '../lib/json.ts';
import { at, type Client } from './client.ts';
import { Failure } from './exit.ts';

/** Whether it waits, and the record holds less than would run (`policy/truncate`). */
export function isShortened({ status, params }: Invocation): boolean {
  return status === 'pending' && isJsonObject(params) && params['_truncated'] === true;
}

/** One that waits, with all that would run; as the record has it for who may not decide, or once it waits no longer. */
export async function withWholeParams(client: Client, invocation: Invocation): Promise<Invocation> {
  if (!isShortened(invocation)) return invocation;
  try {
    const { params } = await client.get<WaitingParams>(at`/v1/invocations/${invocation.id}/params`);
    return { ...invocation, params };
  } catch (error) {
    if (error instanceof Failure && passing.has(error.code)) return invocation;
    throw error;
  }
}

const passing: ReadonlySet<string> = new Set(['forbidden', 'conflict', 'expired']);
