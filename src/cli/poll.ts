import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation } from '../contract/invocation.ts';
import type { Client } from './client.ts';
import { Failure } from './exit.ts';
import { pendingInvocations } from './invocations.ts';
import { note } from './print.ts';

const everyMs = 2000;

/** What waits for a decision, oldest first, again and again. A gateway that goes away later on is waited for. */
export async function* pendingAgain(
  client: Client,
  signal: AbortSignal,
): AsyncGenerator<readonly Invocation[]> {
  yield await pendingInvocations(client);
  let away = false;
  while (!signal.aborted) {
    if (!(await slept(signal))) return;
    try {
      yield await pendingInvocations(client);
      if (away) note('The gateway is back.');
      away = false;
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'unreachable') throw error;
      if (!away) note(`${error.message} Still trying.`);
      away = true;
    }
  }
}

/** Whether the time went by, and nobody stopped it. */
async function slept(signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(everyMs, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
